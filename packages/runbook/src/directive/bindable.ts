import type { Binding, Command, Issue, Line, Runbook, Step } from '../model.ts';

/** A node of the model that can carry bindings, whatever list it stands in. */
export interface Bindable {
	readonly kind: 'symptom' | 'cause' | 'criterion' | 'line' | 'step' | 'item' | 'contact' | 'command' | 'url' | 'fence';
	readonly address: string;
	readonly line: number;
	readonly endLine: number;
	readonly text: string;
	readonly bindings: readonly Binding[];
	/** Of a command inside a fence: its label (`~2` for the second of that name), by which a directive above that fence means it (rule D8). */
	readonly label: string | null;
	/** Opening line of the fence that a command stands in, or that the node is or begins with; null elsewhere. */
	readonly fenceLine: number | null;
	/** Commands of a command or a fence, for those who look at them. */
	readonly commands: readonly Command[];
}

/** Every node that can carry bindings, each address once, in the order of the document. */
export function listBindable(runbook: Runbook): readonly Bindable[] {
	const found = new Map<string, Bindable>();
	const fences = runbook.fences.map(({ line, endLine }) => ({ line, endLine }));
	const fenceAt = (line: number): number | null => findFence(fences, line);
	const add = (kind: Bindable['kind'], node: Named, extra: Partial<Bindable> = {}): void => {
		if (found.has(node.address)) return;
		const { address, line, endLine, bindings } = node;
		found.set(address, {
			kind,
			address,
			line,
			endLine,
			text: node.text,
			bindings,
			label: null,
			fenceLine: fenceAt(line),
			commands: [],
			...extra,
		});
	};
	const addLines = (kind: Bindable['kind'], lines: readonly Line[]): void => {
		for (const line of lines) add(kind, line);
	};
	const addStep = (step: Step): void => {
		add('step', step, { commands: step.commands });
		for (const substep of step.substeps) addStep(substep);
	};
	for (const issue of runbook.issues) addIssue(issue, addLines, addStep);
	for (const procedure of runbook.procedures) {
		addLines('criterion', procedure.when);
		addLines('line', procedure.prerequisites);
		for (const step of procedure.steps) addStep(step);
	}
	for (const checklist of runbook.checklists) for (const item of checklist.items) add('item', item);
	for (const contact of runbook.contacts) add('contact', { ...contact, text: contact.name });
	const labels = new Set<string>();
	for (const ref of runbook.commands) {
		const fenceLine = fenceAt(ref.line);
		add(
			'command',
			{ ...ref, text: ref.label },
			{ label: fenceLine === null ? null : nameOnce(labels, fenceLine, ref.label), commands: [ref.command] },
		);
	}
	for (const url of runbook.urls) add('url', { ...url, text: url.label });
	for (const fence of runbook.fences) add('fence', { ...fence, text: '' }, { fenceLine: fence.line, commands: fence.commands });
	return [...found.values()].toSorted((a, b) => a.line - b.line);
}

/** The label, with `~2` for the second of that name in the same fence. */
function nameOnce(taken: Set<string>, fenceLine: number, label: string): string {
	let name = label;
	for (let count = 2; taken.has(`${fenceLine} ${name.toLowerCase()}`); count++) name = `${label}~${count}`;
	taken.add(`${fenceLine} ${name.toLowerCase()}`);
	return name;
}

interface Named {
	readonly address: string;
	readonly line: number;
	readonly endLine: number;
	readonly text: string;
	readonly bindings: readonly Binding[];
}

function addIssue(issue: Issue, addLines: (kind: Bindable['kind'], lines: readonly Line[]) => void, addStep: (step: Step) => void): void {
	addLines('line', issue.meaning);
	addLines('line', issue.impact);
	addLines('symptom', issue.symptoms);
	addLines('cause', issue.causes);
	for (const step of issue.steps) addStep(step);
	addLines('line', issue.verify);
	addLines('line', issue.prevention);
}

/** Opening line of the fence that covers a line; fences come in order and do not overlap. */
function findFence(fences: readonly { readonly line: number; readonly endLine: number }[], line: number): number | null {
	let low = 0;
	let high = fences.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const fence = fences[middle];
		if (fence === undefined) return null;
		if (line < fence.line) high = middle - 1;
		else if (line > fence.endLine) low = middle + 1;
		else return fence.line;
	}
	return null;
}
