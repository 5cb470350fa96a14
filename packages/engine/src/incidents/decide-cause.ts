/**
 * Which of an incident's monitors belong together, once a diagnosis has told. Pure; rules I9 to I12, and tests quote the numbers.
 * Guarantee: each monitor is in exactly one of `stay` and the parts, so that none that fails is without an incident.
 */
import type { MonitorState } from '../transition/decide.ts';

export interface Fault {
	/** The question that shows it. */
	readonly key: string;
	readonly message: string;
	/** All questions whose failure leads to it, its own among them. */
	readonly keys: readonly string[];
}

export interface Placed {
	readonly id: number;
	readonly key: string;
	readonly state: MonitorState;
}

export interface CauseMove {
	/** What the incident is about from now on; null: no fault of the diagnosis explains any of its monitors. */
	readonly cause: Fault | null;
	readonly stay: readonly number[];
	/** Monitors whose failure is a fault of its own: each fault is an incident of its own. */
	readonly parts: readonly { readonly cause: Fault; readonly members: readonly number[]; readonly reason: string }[];
	readonly reason: string;
}

/**
 * @param members in the order in which they came to the incident
 * @param faults ranked, from the diagnosis; what fails by itself without being a root of the runbook's issues comes last
 */
export function decideCause(members: readonly Placed[], faults: readonly Fault[]): CauseMove {
	const faultOf = (member: Placed): Fault | null =>
		member.state === 'fail' ? (faults.find(({ keys }) => keys.includes(member.key)) ?? null) : null;
	const placed = members.map((member) => ({ member, fault: faultOf(member) }));
	// I9. It is about what the first of its monitors leads to: that is what people were told of.
	const cause = placed.find(({ fault }) => fault !== null)?.fault ?? null;
	if (cause === null) {
		const why = members.some(({ state }) => state === 'fail')
			? 'the diagnosis saw none of its monitors fail'
			: 'none of its monitors fails now';
		return { cause, stay: members.map(({ id }) => id), parts: [], reason: `${why}: its cause could not be told` };
	}
	// I10. Whose failure leads to another fault has nothing to do with it.
	const others = [...new Set(placed.flatMap(({ fault }) => (fault === null || fault.key === cause.key ? [] : [fault])))];
	const parts = others.map((fault) => ({
		cause: fault,
		members: placed.filter((one) => one.fault?.key === fault.key).map(({ member }) => member.id),
		reason: `fails by itself, whatever becomes of "${cause.message}": ${fault.message}`,
	}));
	// I11. Of whom the diagnosis could not tell, and who is well meanwhile, stays: nothing speaks against it.
	const gone = new Set(parts.flatMap((part) => part.members));
	const stay = members.filter(({ id }) => !gone.has(id)).map(({ id }) => id);
	const apart = parts.length === 0 ? '' : `; ${gone.size} of ${members.length} monitors fail for a reason of their own`;
	return { cause, stay, parts, reason: `${cause.message}${apart}` };
}

export interface OtherIncident {
	readonly id: number;
	readonly causeKey: string;
	readonly openedAt: number;
	readonly members: readonly Placed[];
}

/** I12. Open incidents that are the same: about this fault, or all of whose failing monitors lead to it. */
export function findSame(fault: Fault, others: readonly OtherIncident[]): readonly OtherIncident[] {
	return others.filter(({ causeKey, members }) => {
		if (causeKey === fault.key) return true;
		const failing = members.filter(({ state }) => state === 'fail');
		return failing.length > 0 && failing.every(({ key }) => fault.keys.includes(key));
	});
}
