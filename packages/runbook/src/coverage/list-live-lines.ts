import { distributeFenceBindings } from '../directive/fenced-command.ts';
import type { Issue, Line, Procedure, Runbook, Step } from '../model.ts';
import type { LiveLine, LiveLineKind } from './live-line.ts';

/**
 * The lines that could be live (rules C1 to C3), each address once, in the order of the document: symptoms, causes, criteria,
 * steps, checklist items, contacts, useful commands and URLs. Headings and prose are none. A step with substeps counts through
 * these, unless it holds a command or a binding of its own.
 */
export function listLiveLines(runbook: Runbook): readonly LiveLine[] {
	const model = distributeFenceBindings(runbook);
	const found = new Map<string, LiveLine>();
	const add = (line: LiveLine): void => {
		if (!found.has(line.address)) found.set(line.address, line);
	};
	for (const issue of model.issues) for (const line of ofIssue(issue)) add(line);
	for (const procedure of model.procedures) for (const line of ofProcedure(procedure)) add(line);
	for (const list of model.checklists) for (const item of list.items) add(plain('item', item, { within: list.title }));
	for (const contact of model.contacts) {
		const placeholder = contact.channels.every((channel) => channel.placeholder);
		const shown = contact.channels.map((channel) => channel.value).join(', ');
		add(
			plain(
				'contact',
				{ ...contact, text: shown === '' ? contact.name : `${contact.name}: ${shown}` },
				{ placeholder, urgent: isOnCall(contact.name, contact.scope) },
			),
		);
	}
	for (const ref of model.commands) add(plain('command', { ...ref, text: ref.label }, { commands: [ref.command] }));
	for (const url of model.urls)
		add(plain('url', { ...url, text: `${url.label}: ${url.url}` }, { placeholder: url.kind === 'placeholder' }));
	return [...found.values()].toSorted((a, b) => a.line - b.line);
}

function isOnCall(name: string, scope: string): boolean {
	return scope === 'emergency' || /\bon-?call\b/i.test(name);
}

function ofIssue(issue: Issue): readonly LiveLine[] {
	const more = { within: issue.title };
	return [
		...issue.symptoms.map((line) => plain('symptom', line, more)),
		...issue.causes.map((line) => plain('cause', line, more)),
		...issue.steps.flatMap((step) => ofStep(step, more)),
	];
}

function ofProcedure(procedure: Procedure): readonly LiveLine[] {
	const urgent = procedure.role === 'rollback' || procedure.role === 'emergency' || procedure.role === 'immediate';
	const more = { within: procedure.title, urgent };
	return [...procedure.when.map((line) => plain('criterion', line, more)), ...procedure.steps.flatMap((step) => ofStep(step, more))];
}

function ofStep(step: Step, more: Partial<LiveLine>): readonly LiveLine[] {
	const inner = step.substeps.flatMap((substep) => ofStep(substep, more));
	// `cause:` says where a step belongs, not that anything looks after it.
	const counts = inner.length === 0 || step.commands.length > 0 || step.bindings.some((binding) => binding.kind !== 'cause');
	return counts ? [plain('step', step, { ...more, commands: step.commands, changes: step.changes !== 'none' }), ...inner] : inner;
}

function plain(kind: LiveLineKind, node: Line, more: Partial<LiveLine>): LiveLine {
	const text = node.text.replace(/\s*[:：]\s*$/, '');
	return {
		kind,
		address: node.address,
		line: node.line,
		text,
		bindings: node.bindings,
		placeholder: false,
		commands: [],
		changes: false,
		urgent: false,
		within: '',
		...more,
	};
}
