import { findPlaceholders } from '../../command.ts';
import type { LintFinding } from '../finding.ts';
import { columnOf, type LintContext, withoutComments } from '../lint-context.ts';

/** LN1: what was never filled in, one finding a line; a contact that is one is an error, for nobody would be woken. */
export function findOpenPlaceholders(context: LintContext): readonly LintFinding[] {
	const contacts = new Set(
		context.runbook.contacts.filter((contact) => contact.channels.some((channel) => channel.placeholder)).map((contact) => contact.line),
	);
	const inert = new Set(
		context.runbook.inert.filter((part) => part.reason === 'template').flatMap((part) => range(part.line, part.endLine)),
	);
	const found = new Map<number, readonly string[]>();
	context.lines.forEach((raw, index) => {
		if (context.code.has(index + 1) || inert.has(index + 1)) return;
		const texts = findPlaceholders(withoutComments(raw))
			.filter(({ form }) => form !== 'mustache' && form !== 'ellipsis')
			.map(({ text }) => text);
		if (texts.length > 0) found.set(index + 1, texts);
	});
	for (const command of context.commands) {
		if (!context.code.has(command.line) || command.placeholders.length === 0) continue;
		found.set(command.line, [...new Set([...(found.get(command.line) ?? []), ...command.placeholders.map(({ text }) => text)])]);
	}
	return [...found].map(([line, texts]) => ({
		rule: 'LN1',
		severity: contacts.has(line) ? 'error' : 'warning',
		line,
		column: columnOf(context, line, texts[0] ?? ''),
		message: `${texts.join(', ')} ${texts.length === 1 ? 'is' : 'are'} not filled in`,
		hint: contacts.has(line)
			? 'Write a channel that reaches somebody: nobody can be woken by this line.'
			: 'Write the real value, or take the line out.',
	}));
}

function range(from: number, to: number): readonly number[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
