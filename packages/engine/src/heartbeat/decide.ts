/** Whether this engine may say that it is alive. Pure: says why, also for keeping silent. */

export interface Liveness {
	/** Whether the database answered just now. */
	readonly isDatabaseUp: boolean;
	/** Since this engine last stored a result or found nothing due; null: it has not yet. */
	readonly idleMs: number | null;
	/** Since this engine started. */
	readonly upMs: number;
	/** How long the monitor that is longest overdue has been. */
	readonly oldestOverdueMs: number;
}

export interface Beat {
	readonly kind: 'beat' | 'silent';
	readonly reason: string;
}

/** Overdue by more than this nobody watches; the same as what `status` calls late. */
const LATE_AFTER_MS = 30_000;
/** Starting takes its time: the first claims of many monitors come with it. */
const GRACE_MS = 60_000;

/** A dead man's switch: whoever waits for the beat is to be told whenever nobody watches. */
export function decideBeat({ isDatabaseUp, idleMs, upMs, oldestOverdueMs }: Liveness): Beat {
	if (!isDatabaseUp) return { kind: 'silent', reason: 'the database does not answer' };
	if (oldestOverdueMs > LATE_AFTER_MS && upMs > GRACE_MS)
		return { kind: 'silent', reason: `a monitor has been due for ${Math.round(oldestOverdueMs / 1000)} s and nobody began it` };
	if (idleMs === null) return { kind: 'silent', reason: 'this engine has stored nothing yet' };
	if (idleMs > LATE_AFTER_MS && oldestOverdueMs > 0)
		return { kind: 'silent', reason: `this engine stored its last result ${Math.round(idleMs / 1000)} s ago, and there is work` };
	return { kind: 'beat', reason: 'the database answers and what is due is begun' };
}
