/**
 * What a diagnosis does to the incidents of its service: which incident is about which root, which monitors belong to it, and which incident
 * was another one. Pure, always with the reason. Rules are numbered D1 to D6, and tests quote the numbers.
 */
import { isWorse } from '../incidents/decide.ts';
import { type Severity, severities } from '../monitors/defaults.ts';

/** A root as a diagnosis found it. */
export interface DiagnosedRoot {
	/** Question that shows it, `env.secret name=SESSION_SECRET`. */
	readonly key: string;
	/** One sentence. */
	readonly message: string;
	/** Failing questions that it explains, its own among them. */
	readonly explains: readonly string[];
}

export interface OpenIncident {
	readonly id: number;
	readonly causeKey: string;
	readonly severity: Severity;
	/** Of its last diagnosis. */
	readonly explains: readonly string[];
}

/** A monitor that fails without an excuse. */
export interface FailingMember {
	readonly id: number;
	readonly key: string;
	readonly title: string;
	readonly severity: Severity;
	/** The open incident that it belongs to; null: none. */
	readonly incident: number | null;
}

export interface Situation {
	/** The first opened first. */
	readonly incidents: readonly OpenIncident[];
	readonly failing: readonly FailingMember[];
	/** The most certain first. */
	readonly roots: readonly DiagnosedRoot[];
}

export interface Assignment {
	readonly root: DiagnosedRoot;
	/** The incident that is about it; null: one is to be opened. */
	readonly incident: number | null;
	/** Of what is to be opened, or raised to; null: it stays. */
	readonly severity: Severity | null;
	/** Monitors that come from other incidents. */
	readonly moved: readonly FailingMember[];
	/** The incident gets it as its cause, and people are told: no diagnosis has said so before. */
	readonly isNews: boolean;
	readonly reason: string;
}

export interface Merge {
	readonly incident: number;
	/** Index of the assignment that it goes into. */
	readonly into: number;
	readonly reason: string;
}

export interface Plan {
	readonly assignments: readonly Assignment[];
	readonly merges: readonly Merge[];
}

export function decideCauses({ incidents, failing, roots }: Situation): Plan {
	const rootOf = (member: FailingMember): DiagnosedRoot | null => roots.find(({ explains }) => explains.includes(member.key)) ?? null;
	const taken = new Set<number>();
	const assignments: Assignment[] = [];
	for (const root of roots) {
		// D1. A root that no failing monitor speaks of is told in the diagnosis, and is nobody's incident.
		const members = failing.filter((member) => rootOf(member) === root);
		if (members.length === 0) continue;
		const home = findHome(root, members, { incidents, taken });
		if (home !== null) taken.add(home.id);
		const moved = members.filter(({ incident }) => incident !== home?.id);
		const worst = worstOf(members);
		assignments.push({
			root,
			incident: home?.id ?? null,
			severity: home === null ? worst : isWorse(worst, home.severity) ? worst : null,
			moved,
			isNews: home !== null && (home.causeKey !== root.key || !home.explains.includes(root.key)),
			reason: explain(root, members, home),
		});
	}
	return { assignments, merges: findMerges({ incidents, failing, taken, assignments }) };
}

/** D2. The incident that is about this root already; else the first opened one with a monitor that it explains (D3); each incident is about one root (D4). */
function findHome(
	root: DiagnosedRoot,
	members: readonly FailingMember[],
	{ incidents, taken }: { readonly incidents: readonly OpenIncident[]; readonly taken: ReadonlySet<number> },
): OpenIncident | null {
	const free = incidents.filter(({ id }) => !taken.has(id));
	return (
		free.find(({ causeKey }) => causeKey === root.key) ?? free.find(({ id }) => members.some(({ incident }) => incident === id)) ?? null
	);
}

/** D5. An incident whose failing monitors all belong to other roots was one of those. */
function findMerges({
	incidents,
	failing,
	taken,
	assignments,
}: Pick<Situation, 'incidents' | 'failing'> & {
	readonly taken: ReadonlySet<number>;
	readonly assignments: readonly Assignment[];
}): readonly Merge[] {
	return incidents.flatMap(({ id }) => {
		if (taken.has(id)) return [];
		const members = failing.filter(({ incident }) => incident === id);
		const goes = members.map((member) => assignments.findIndex(({ moved }) => moved.includes(member)));
		const [into] = goes;
		// D6. What the diagnosis did not explain stays as it is.
		if (into === undefined || goes.includes(-1)) return [];
		return [{ incident: id, into, reason: `the diagnosis explains all that fails in it: ${assignments[into]?.root.message ?? ''}` }];
	});
}

function worstOf(members: readonly FailingMember[]): Severity {
	return members.map(({ severity }) => severity).toSorted((a, b) => severities.indexOf(a) - severities.indexOf(b))[0] ?? 'minor';
}

function explain(root: DiagnosedRoot, members: readonly FailingMember[], home: OpenIncident | null): string {
	const count = `${members.length} failing ${members.length === 1 ? 'monitor' : 'monitors'}`;
	if (home === null) return `a fault of its own, which explains ${count}: ${root.message}`;
	return `explains ${count}: ${root.message}`;
}
