import type { Catalogue } from '../catalogue.ts';
import type { Binding, Comment, Issue, Problem, Runbook } from '../model.ts';
import { hintForName } from '../nearest-name.ts';
import { type Bindable, listBindable } from './bindable.ts';
import { commandParam, isLabel, listFencedCommands } from './fenced-command.ts';
import { type DirectivePlaces, type Place, readDirective } from './grammar.ts';
import { judgeBinding } from './judge-binding.ts';
import { keyOfBinding } from './rebind.ts';

/**
 * Everything that is wrong with the directives of a document, in its order: their syntax (D2 to D6), names and values that
 * the catalogue does not know (D9 to D12), causes that do not exist (D13), repeats (D14), and directives on lines that
 * nothing can be bound to (D15).
 *
 * @param lines the document's raw lines; with them columns are exact however a comment is spaced
 */
export function validateDirectives(runbook: Runbook, catalogue: Catalogue, lines?: readonly string[]): readonly Problem[] {
	const problems: Problem[] = [];
	const nodes = listBindable(runbook);
	const commands = listFencedCommands(runbook);
	const targetLine = indexTargets(runbook);
	const bound = nodes.filter((node) => node.bindings.length > 0);
	const seen = new Set<string>();
	for (const comment of runbook.comments) {
		const reading = readDirective(comment, lines);
		if (reading.kind === 'none') continue;
		if (reading.kind === 'problem') {
			problems.push(...reading.problems);
			continue;
		}
		const { binding, places } = reading;
		const target = targetLine(comment);
		const key = `${target} ${keyOfBinding(binding)}`;
		if (seen.has(key)) {
			problems.push({
				rule: 'D14',
				...places.kind,
				message: `${nameBinding(binding)} is bound to this line twice`,
				hint: 'Keep one of the two.',
			});
			continue;
		}
		seen.add(key);
		const selected = judgeSelector(binding, places, commands.get(target) ?? []);
		problems.push(...selected.problems, ...judge(runbook, catalogue, selected.binding, places, comment));
		if (!isTaken(bound, binding, target)) {
			problems.push({
				rule: 'D15',
				...places.kind,
				message: `${nameBinding(binding)} stands where nothing can be bound`,
				hint: 'Put it at the end of a symptom, cause, step, item, contact, command or URL, or on the line above a code fence.',
			});
		}
	}
	return problems;
}

function judge(runbook: Runbook, catalogue: Catalogue, binding: Binding, places: DirectivePlaces, comment: Comment): readonly Problem[] {
	if (binding.kind === 'cause') return judgeCause(findIssue(runbook, comment.line), binding, places.id);
	return judgeBinding(binding, catalogue).map(({ rule, param, message, hint }) => ({
		rule,
		...(param === null ? (rule === 'D9' ? places.kind : places.id) : (places.params[param] ?? places.id)),
		message,
		hint,
	}));
}

function judgeCause(issue: Issue | undefined, binding: Binding, place: Place): readonly Problem[] {
	if (issue === undefined) {
		return [
			{
				rule: 'D13',
				...place,
				message: `cause ${binding.id}: this line belongs to no issue with causes`,
				hint: 'Take it out, or put it on a step of an issue.',
			},
		];
	}
	const count = issue.causes.length;
	if (Number(binding.id) <= count) return [];
	return [
		{
			rule: 'D13',
			...place,
			message: `cause ${binding.id}: "${issue.title}" has ${count === 0 ? 'no causes' : count === 1 ? 'one cause' : `${count} causes`}`,
			hint: count === 0 ? 'List its causes first.' : `Use a number from 1 to ${count}.`,
		},
	];
}

/** The innermost issue around a line; a row of a table is inside the section that holds the table. */
function findIssue(runbook: Runbook, line: number): Issue | undefined {
	return runbook.issues
		.filter((issue) => issue.line <= line && line <= issue.endLine)
		.toSorted((a, b) => a.endLine - a.line - (b.endLine - b.line))[0];
}

/** Takes `for=` out of a directive above a fence, and says when it means no command there (rule D8). */
function judgeSelector(
	binding: Binding,
	places: DirectivePlaces,
	commands: readonly Bindable[],
): { readonly binding: Binding; readonly problems: readonly Problem[] } {
	const { [commandParam]: label, ...params } = binding.params;
	if (label === undefined || (binding.kind !== 'check' && binding.kind !== 'action') || commands.length === 0)
		return { binding, problems: [] };
	const bare = { ...binding, params };
	if (commands.some((command) => isLabel(command, label))) return { binding: bare, problems: [] };
	const labels = commands.flatMap((command) => (command.label === null ? [] : [command.label]));
	const place = places.params[commandParam] ?? places.id;
	return {
		binding: bare,
		problems: [
			{ rule: 'D8', ...place, message: `for="${label}": no command of this fence has that label`, hint: hintForName(label, labels) },
		],
	};
}

/** Line that a directive speaks of: its own, or the fence directly below it. */
function indexTargets(runbook: Runbook): (comment: Comment) => number {
	const fences = new Set(runbook.fences.map((fence) => fence.line));
	const alone = new Map(runbook.comments.filter((comment) => comment.alone).map((comment) => [comment.line, comment.endLine]));
	return (comment) => {
		if (!comment.alone) return comment.line;
		let line = comment.endLine + 1;
		for (let end = alone.get(line); end !== undefined; end = alone.get(line)) line = end + 1;
		return fences.has(line) ? line : comment.line;
	};
}

function isTaken(nodes: readonly Bindable[], binding: Binding, line: number): boolean {
	const key = keyOfBinding(binding);
	const { [commandParam]: _, ...params } = binding.params;
	const bare = keyOfBinding({ ...binding, params });
	return nodes.some((node) => {
		const near = (node.line <= line && line <= node.endLine) || node.fenceLine === line;
		return near && node.bindings.some((own) => own.certainty === 'declared' && (keyOfBinding(own) === key || keyOfBinding(own) === bare));
	});
}

function nameBinding(binding: Binding): string {
	return binding.id === '' ? binding.kind : `${binding.kind} ${binding.id}`;
}
