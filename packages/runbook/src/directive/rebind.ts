import type { Binding, Line, Runbook, Step } from '../model.ts';

/** What a node's bindings become; `address` says whose they are. */
export type Rebind = (address: string, bindings: readonly Binding[]) => readonly Binding[];

/** A copy of the model in which every node that can carry bindings has what `rebind` gives it. Nodes without a change are kept as they are. */
export function rebindRunbook(runbook: Runbook, rebind: Rebind): Runbook {
	const one = <Node extends Carrier>(node: Node): Node => {
		const bindings = rebind(node.address, node.bindings);
		return bindings === node.bindings ? node : { ...node, bindings };
	};
	const lines = (nodes: readonly Line[]): readonly Line[] => nodes.map(one);
	const known = new Map<Step, Step>();
	// A step stands in its issue and in its procedure: both get the same copy.
	const step = (node: Step): Step => {
		const before = known.get(node);
		if (before !== undefined) return before;
		const after = { ...one(node), substeps: node.substeps.map(step) };
		known.set(node, after);
		return after;
	};
	return {
		...runbook,
		issues: runbook.issues.map((issue) => ({
			...issue,
			meaning: lines(issue.meaning),
			impact: lines(issue.impact),
			symptoms: lines(issue.symptoms),
			causes: lines(issue.causes),
			steps: issue.steps.map(step),
			verify: lines(issue.verify),
			prevention: lines(issue.prevention),
		})),
		procedures: runbook.procedures.map((procedure) => ({
			...procedure,
			when: lines(procedure.when),
			prerequisites: lines(procedure.prerequisites),
			steps: procedure.steps.map(step),
		})),
		checklists: runbook.checklists.map((checklist) => ({ ...checklist, items: checklist.items.map(one) })),
		contacts: runbook.contacts.map(one),
		commands: runbook.commands.map(one),
		urls: runbook.urls.map(one),
		fences: runbook.fences.map(one),
	};
}

interface Carrier {
	readonly address: string;
	readonly bindings: readonly Binding[];
}

/** Two bindings ask the same: kind, id and parameters, in whatever order these are written. */
export function isSameBinding(a: Pick<Binding, 'kind' | 'id' | 'params'>, b: Pick<Binding, 'kind' | 'id' | 'params'>): boolean {
	return keyOfBinding(a) === keyOfBinding(b);
}

/** Kind, id and parameters as one string, the same for bindings that ask the same. */
export function keyOfBinding({ kind, id, params }: Pick<Binding, 'kind' | 'id' | 'params'>): string {
	return JSON.stringify([kind, id, Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))]);
}
