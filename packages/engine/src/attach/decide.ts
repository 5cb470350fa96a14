/** Whether an incident is to be diagnosed now. Pure, with the reason also for waiting; rules D1 to D5, and tests quote the numbers. */
import { isWorse } from '../incidents/decide.ts';
import type { Severity } from '../monitors/defaults.ts';

/** Of one incident at most once in this time: checks that act, and the people who read it, are spared. */
export const DIAGNOSE_EVERY_MS = 10 * 60_000;
/** A diagnosis older than this of what still fails is made anew. */
export const DIAGNOSIS_OLD_MS = 30 * 60_000;

export interface Diagnosable {
	/** Null: nobody has looked since it opened or opened again. */
	readonly diagnosedAt: number | null;
	/** Of the last try, also one that failed; null: never. */
	readonly triedAt: number | null;
	readonly severity: Severity;
	/** At the last try. */
	readonly triedSeverity: Severity | null;
	/** When a monitor of it failed last. */
	readonly lastFailureAt: number;
}

export interface DiagnoseDecision {
	readonly isDue: boolean;
	readonly reason: string;
}

/** @param incident one of which a monitor fails */
export function decideDiagnosis(incident: Diagnosable, now: number): DiagnoseDecision {
	const { diagnosedAt, triedAt, severity, triedSeverity, lastFailureAt } = incident;
	// D1. A clock that was set back does not put it off for longer.
	if (triedAt !== null && now - triedAt < DIAGNOSE_EVERY_MS && triedAt <= now)
		return { isDue: false, reason: `looked at ${Math.round((now - triedAt) / 1000)} s ago, again after ${DIAGNOSE_EVERY_MS / 60_000} min` };
	// D2.
	if (diagnosedAt === null) return { isDue: true, reason: triedAt === null ? 'it opened' : 'it was not looked at since it opened again' };
	// D3.
	if (triedSeverity !== null && isWorse(severity, triedSeverity)) return { isDue: true, reason: `it is ${severity} now` };
	// D4.
	if (lastFailureAt > diagnosedAt) return { isDue: true, reason: 'a monitor failed after the last diagnosis' };
	// D5.
	if (now - diagnosedAt >= DIAGNOSIS_OLD_MS)
		return { isDue: true, reason: `it still fails, and the last diagnosis is ${Math.round((now - diagnosedAt) / 60_000)} min old` };
	return { isDue: false, reason: 'nothing is new since the last diagnosis' };
}
