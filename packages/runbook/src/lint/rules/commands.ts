import { findOddCharacter } from '../../command.ts';
import type { Command } from '../../model.ts';
import type { LintFinding } from '../finding.ts';
import { columnOf, type LintContext } from '../lint-context.ts';

/** Classes that say how a command runs, not that it could hurt. */
const harmless = new Set(['unbounded', 'interactive', 'placeholder', 'markdown-mangled', 'shell-meaning']);

/** LN7: commands that could hurt. LN8: commands that will not be run as they stand. LN10: typographic characters in commands. */
export function findTroubledCommands(context: LintContext): readonly LintFinding[] {
	return context.commands.flatMap((command) => [
		...hazardsOf(context, command),
		...refusalOf(context, command),
		...oddOf(context, command),
	]);
}

function hazardsOf(context: LintContext, command: Command): readonly LintFinding[] {
	const serious = command.hazards.filter((hazard) => !harmless.has(hazard.class));
	if (serious.length === 0 || command.effect === 'read' || command.effect === 'output') return [];
	return serious.map((hazard) => ({
		rule: 'LN7',
		severity: command.effect === 'block' || command.effect === 'destructive' ? 'error' : 'warning',
		line: command.line,
		column: columnAt(context, command),
		message: `this command could hurt (${hazard.class}): it ${hazard.why}`,
		hint:
			command.effect === 'block'
				? 'It is never run from here. Say in words who runs it, where, and how it is undone.'
				: 'Say before it what it changes and how to undo it; it is only run when a person asks for it.',
	}));
}

function refusalOf(context: LintContext, command: Command): readonly LintFinding[] {
	// What is not filled in is LN1's, what is mistyped LN10's, what is never run LN7's.
	if (
		command.refused === null ||
		command.effect === 'block' ||
		command.placeholders.length > 0 ||
		findOddCharacter(command.source) !== null
	)
		return [];
	return [
		{
			rule: 'LN8',
			severity: 'info',
			line: command.line,
			column: columnAt(context, command),
			message: `this command is not run as it stands: ${command.refused}`,
			hint: 'Write it as one plain command, or leave it to a person.',
		},
	];
}

function oddOf(context: LintContext, command: Command): readonly LintFinding[] {
	const odd = findOddCharacter(command.source);
	return odd === null
		? []
		: [
				{
					rule: 'LN10',
					severity: 'error',
					line: command.line,
					column: columnAt(context, command),
					message: `this command ${odd}`,
					hint: 'Type it in a plain text editor: as it stands a shell reads something else.',
				},
			];
}

function columnAt(context: LintContext, command: Command): number {
	return columnOf(context, command.line, command.source.split('\n')[0] ?? '');
}
