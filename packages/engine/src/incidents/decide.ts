/**
 * What a change of a monitor does to incidents. Pure: the incidents in question in, one move out, always with the reason. Rules are
 * numbered I1 to I8, and tests quote the numbers; what a diagnosis changes is in `decide-cause.ts` (I9 to I12).
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
	/** Open, with a cause that a diagnosis confirmed and that explains this failure. */
	readonly explaining?: (KnownIncident & { readonly cause: string }) | null;
	/** Open, not diagnosed yet, and so young that this may be the same fault. */
	readonly undiagnosed?: (KnownIncident & { readonly ageMs: number }) | null;
	/** The last one of the same cause, or of this monitor, that was resolved. */
	readonly ended: KnownIncident | null;
}

/** Monitors that begin to fail within twice their interval of each other may have one fault; a diagnosis takes the least of it. */
export function togetherWithin(everyMs: number): number {
	return Math.min(90_000, Math.max(15_000, 2 * everyMs));
}

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

export function decideFailure(failure: Failure, { open, explained, explaining, undiagnosed, ended }: Nearby, now: number): FailureMove {
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
	const join = (incident: KnownIncident, reason: string): FailureMove => ({
		kind: 'join',
		incident: incident.id,
		raiseTo: raise(incident),
		isItsCause: false,
		reason,
	});
	// I7. What the confirmed cause of an open incident explains belongs to it.
	if (explaining !== undefined && explaining !== null)
		return join(explaining, `is explained by the cause of the open incident, "${explaining.cause}": ${failure.reason}`);
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
	// I8. What begins to fail beside what is not understood yet may be the same: the diagnosis will tell, and part them if not.
	if (undiagnosed !== undefined && undiagnosed !== null)
		return join(
			undiagnosed,
			`joins for now, because it fails ${Math.max(0, Math.round(undiagnosed.ageMs / 1000))} s after the incident began and its cause is not known yet: ${failure.reason}`,
		);
	// I4. Everything else is new.
	return { kind: 'open', reason: failure.reason };
}

export interface Member {
	readonly id: number;
	readonly state: MonitorState;
	/** False: nobody asks it any more. */
	readonly isWatched: boolean;
}

export type RecoveryMove =
	| { readonly kind: 'resolve'; readonly reason: string }
	| { readonly kind: 'wait'; readonly failing: number; readonly reason: string };

/**
 * I5. It is over when each of its monitors is well, or is watched no more. Not to know is not to be well (I6).
 * @param members with the state after this change
 */
export function decideRecovery(members: readonly Member[], because: string): RecoveryMove {
	const left = members.filter(({ state, isWatched }) => isWatched && state !== 'ok' && state !== 'warn').length;
	if (left === 0) return { kind: 'resolve', reason: because };
	return { kind: 'wait', failing: left, reason: `${because}; ${left} ${left === 1 ? 'monitor is' : 'monitors are'} not well yet` };
}

export function isWorse(one: Severity, other: Severity): boolean {
	return severities.indexOf(one) < severities.indexOf(other);
}

/** `Health endpoint answers: status 503`, within what a subject line shows. */
export function titleOf(title: string, reason: string): string {
	const whole = `${title}: ${reason}`;
	return whole.length <= 160 ? whole : `${whole.slice(0, 159)}…`;
}
