/**
 * From a sample to a change of state, or to nothing; always with the reason, which is stored and shown. Pure: values and `now` in, a
 * decision out. Rules are numbered T1 to T9, and tests quote the numbers.
 */

export type SampleState = 'ok' | 'warn' | 'fail' | 'unknown';
export type MonitorState = SampleState | 'new';

export interface Watched {
	readonly state: MonitorState;
	/** The state that is on its way, and how many samples in a row speak for it; null: none. */
	readonly candidate: { readonly state: SampleState; readonly count: number } | null;
	/** Samples in a row that confirm a change. */
	readonly confirm: number;
}

export interface Sample {
	readonly state: SampleState;
	readonly reason: string;
}

export interface Surroundings {
	/** Title of a failing monitor that this one stands on, so that its failure is an echo; null: none. */
	readonly upstream: string | null;
	/** Name of the maintenance window that holds now; null: none. */
	readonly maintenance: string | null;
	/** Holdfast itself reaches nothing outside. */
	readonly isCutOff: boolean;
	/** Changes of state of this monitor in the last half hour. */
	readonly recentChanges: number;
}

export interface Decision {
	/** What the monitor remembers from now on. */
	readonly candidate: Watched['candidate'];
	/** Null: the state stays. */
	readonly change: { readonly from: MonitorState; readonly to: SampleState } | null;
	/** What the change leads to: `act` opens, updates or ends an incident and tells people; the others only write it down. */
	readonly consequence: 'none' | 'act' | 'echo' | 'maintenance' | 'flapping';
	readonly reason: string;
}

/** From so many changes in half an hour on a monitor flaps (T8). */
export const FLAPPING_CHANGES = 6;

export function decide(watched: Watched, sample: Sample, around: Surroundings): Decision {
	const stay = (candidate: Watched['candidate'], reason: string): Decision => ({ candidate, change: null, consequence: 'none', reason });

	// T1. Who reaches nothing says nothing of others: the sample counts for neither side.
	if (around.isCutOff && sample.state !== 'ok')
		return stay(watched.candidate, 'Holdfast itself reaches nothing outside: this sample says nothing of the service');
	// T2. More of the same ends what was on its way.
	if (sample.state === watched.state)
		return stay(
			null,
			watched.candidate === null
				? `still ${sample.state}`
				: `${sample.state} again: ${watched.candidate.count} ${watched.candidate.state} before it did not last`,
		);

	const count = watched.candidate?.state === sample.state ? watched.candidate.count + 1 : 1;
	const needed = countNeeded(watched, sample.state);
	// T3. A change is confirmed by samples in a row.
	if (count < needed)
		return stay({ state: sample.state, count }, `${sample.state}, ${count} of ${needed} samples that confirm it: ${sample.reason}`);

	const change = { from: watched.state, to: sample.state };
	const because = (consequence: Decision['consequence'], why: string): Decision => ({ candidate: null, change, consequence, reason: why });
	// T4. The first state is news only when it is bad.
	if (watched.state === 'new' && sample.state === 'ok') return because('none', `well at the first look: ${sample.reason}`);
	// T5. What fails because what it stands on fails is told with that, not beside it.
	if (isBad(sample.state) && around.upstream !== null) return because('echo', `a consequence of "${around.upstream}": ${sample.reason}`);
	// T6. In a maintenance window people know; the change is written down.
	if (around.maintenance !== null) return because('maintenance', `in maintenance "${around.maintenance}": ${sample.reason}`);
	// T7. Not knowing is no failure: between well and unknown nobody is woken, and an incident stays as it is.
	if (!isBad(sample.state) && !isBad(watched.state) && (sample.state === 'unknown' || watched.state === 'unknown'))
		return because('none', sample.state === 'unknown' ? `could not be told any more: ${sample.reason}` : `known again: ${sample.reason}`);
	// T8. Who flaps is told once that he does; the end of it is the quiet after it.
	if (around.recentChanges >= FLAPPING_CHANGES)
		return because('flapping', `changed ${around.recentChanges + 1} times within half an hour: ${sample.reason}`);
	// T9. Everything else is what people are woken for, or told that it is over.
	return because('act', `${count} ${count === 1 ? 'sample' : 'samples in a row'}: ${sample.reason}`);
}

export function isBad(state: MonitorState): boolean {
	return state === 'fail';
}

/** Not knowing takes twice as long to believe as failing: a timeout of the looker is the likelier cause. A first good look counts at once. */
function countNeeded({ state, confirm }: Watched, towards: SampleState): number {
	if (state === 'new' && towards === 'ok') return 1;
	return towards === 'unknown' ? confirm * 2 : confirm;
}
