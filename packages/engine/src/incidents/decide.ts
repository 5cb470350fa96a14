/**
 * What a change of a monitor does to incidents. Pure: the incidents in question in, one move out, always with the reason. Rules are
 * numbered I1 to I8, and tests quote the numbers.
 */
import { type Severity, severities } from '../monitors/defaults.ts';
import type { MonitorState } from '../transition/decide.ts';

/** The same cause that returns within this time is the same incident. */
export const REOPEN_WITHIN_MS = 30 * 60_000;

export interface KnownIncident {
	readonly id: number;
	readonly severity: Severity;
	readonly resolvedAt: number | null;
}

export interface Failure {
	readonly title: string;
	readonly severity: Severity;
	readonly reason: string;
}

export interface Nearby {
	/** Open, of the same cause, or one that the monitor belongs to already. */
	readonly open: KnownIncident | null;
	/** Open, of a cause that the failing monitor explains. */
	readonly explained: KnownIncident | null;
	/** Open, whose diagnosis explains this question, or which began a moment ago and has none yet. */
	readonly suspected: (KnownIncident & { readonly isExplained: boolean }) | null;
	/** The last one of the same cause that was resolved. */
	readonly ended: KnownIncident | null;
}

/** What fails within this time of an incident that has no diagnosis yet is taken for part of it, until a diagnosis tells them apart. */
export const TOGETHER_WITHIN_MS = 90_000;

/** What speaks of the last minutes may fail for so long after an incident: the longest window of such a check is 15 minutes. */
export const AFTERMATH_MS = 20 * 60_000;

export type FailureMove =
	| { readonly kind: 'open'; readonly reason: string }
	| {
			readonly kind: 'join';
			readonly incident: number;
			/** The incident is as bad as its worst monitor. */
			readonly raiseTo: Severity | null;
			/** It is about this cause from now on. */
			readonly isItsCause: boolean;
			readonly reason: string;
	  }
	| { readonly kind: 'reopen'; readonly incident: number; readonly raiseTo: Severity | null; readonly reason: string };

export function decideFailure(failure: Failure, { open, explained, suspected, ended }: Nearby, now: number): FailureMove {
	const raise = (incident: KnownIncident): Severity | null => (isWorse(failure.severity, incident.severity) ? failure.severity : null);
	// I1. One incident for one cause.
	if (open !== null)
		return {
			kind: 'join',
			incident: open.id,
			raiseTo: raise(open),
			isItsCause: false,
			reason: `joins the open incident: ${failure.reason}`,
		};
	// I2. What was noticed by its consequences first is the same incident, and now has its cause.
	if (explained !== null)
		return {
			kind: 'join',
			incident: explained.id,
			raiseTo: raise(explained),
			isItsCause: true,
			reason: `explains the open incident: ${failure.reason}`,
		};
	// I7. One fault shows in many places, one after the other: what its diagnosis explains, or what began with it, is no second incident.
	if (suspected !== null)
		return {
			kind: 'join',
			incident: suspected.id,
			raiseTo: raise(suspected),
			isItsCause: false,
			reason: suspected.isExplained
				? `joins the open incident, whose diagnosis explains it: ${failure.reason}`
				: `joins the incident that has just begun, until a diagnosis tells them apart: ${failure.reason}`,
		};
	// I3. A cause that returns within half an hour was not gone.
	if (ended !== null && ended.resolvedAt !== null && now - ended.resolvedAt <= REOPEN_WITHIN_MS) {
		const minutes = Math.max(1, Math.round((now - ended.resolvedAt) / 60_000));
		return {
			kind: 'reopen',
			incident: ended.id,
			raiseTo: raise(ended),
			reason: `fails again ${minutes} min after it was resolved: ${failure.reason}`,
		};
	}
	// I4. Everything else is new.
	return { kind: 'open', reason: failure.reason };
}

export interface Member {
	readonly id: number;
	readonly state: MonitorState;
	/** False: nobody asks it any more. */
	readonly isWatched: boolean;
	/** It speaks of a window of the past. */
	readonly isOfThePast: boolean;
}

export type RecoveryMove =
	| { readonly kind: 'resolve'; readonly reason: string }
	| { readonly kind: 'wait'; readonly failing: number; readonly reason: string };

/**
 * I5. It is over when each of its monitors is well, or is watched no more. Not to know is not to be well (I6). What speaks of the last
 * minutes does not hold up what speaks of now (I8).
 * @param members with the state after this change
 */
export function decideRecovery(members: readonly Member[], because: string): RecoveryMove {
	const ofNow = members.filter(({ isOfThePast }) => !isOfThePast);
	const deciding = ofNow.length === 0 ? members : ofNow;
	const left = deciding.filter(({ state, isWatched }) => isWatched && state !== 'ok' && state !== 'warn').length;
	if (left === 0) return { kind: 'resolve', reason: because };
	return { kind: 'wait', failing: left, reason: `${because}; ${left} ${left === 1 ? 'monitor is' : 'monitors are'} not well yet` };
}

export function isWorse(one: Severity, other: Severity): boolean {
	return severities.indexOf(one) < severities.indexOf(other);
}

/** `Health endpoint answers: status 503`, within what a subject line shows. */
export function titleOf(title: string, reason: string): string {
	const whole = reason === '' ? title : `${title}: ${reason}`;
	return whole.length <= 160 ? whole : `${whole.slice(0, 159)}…`;
}
