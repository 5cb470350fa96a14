/** Whether a variable changed lately, from keyed fingerprints over time. Pure. */
import type { FactSample, Finding } from '../../contract.ts';

export interface ChangeInput {
	readonly name: string;
	/** Fingerprint now. */
	readonly current: string;
	/** First samples of each value in turn, oldest first, all of one fingerprint key. */
	readonly samples: readonly FactSample[];
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly withinMs: number;
	/** Whether NAME_PREVIOUS is set, so that what the old value made is still accepted. */
	readonly previousSet: boolean;
	readonly secret: boolean;
}

export type Change =
	| { readonly kind: 'first-seen' }
	/** `since`: ISO 8601, from when on this value is known. */
	| { readonly kind: 'same'; readonly since: string }
	| { readonly kind: 'back' }
	| { readonly kind: 'changed'; readonly finding: Finding };

/** A value that was changed and changed back counts as the same: what was made under it is accepted. */
export function judgeChange(input: ChangeInput): Change {
	const { samples, current, now, withinMs } = input;
	const last = samples.at(-1);
	if (last === undefined) return { kind: 'first-seen' };
	const start = now - withinMs;
	const before = samples.findLast((sample) => Date.parse(sample.at) < start) ?? samples[0];
	if (before === undefined) return { kind: 'first-seen' };
	const steady = last.value === current && (samples.length === 1 || Date.parse(last.at) < start);
	if (steady) return { kind: 'same', since: last.at };
	if (before.value === current) return { kind: 'back' };
	return { kind: 'changed', finding: describe(input, last) };
}

function describe({ name, current, samples, now, previousSet, secret }: ChangeInput, last: FactSample): Finding {
	const at = last.value === current ? last.at : null;
	const old = at === null ? last : samples.at(-2);
	const when =
		at === null
			? `since it was last seen ${describeAge(now - Date.parse(last.at))} ago (${last.at})`
			: `${describeAge(now - Date.parse(at))} ago or a little earlier (first seen ${at})`;
	const known = old === undefined ? '' : `; the value before was known since ${old.at}`;
	if (!secret)
		return {
			code: 'env.changed',
			severity: 'warn',
			message: `${name} changed ${when}${known}`,
			fix: `look at what changed ${name}`,
			at: name,
		};
	const effect = previousSet
		? `; ${name}_PREVIOUS is set, so what the old value made is still accepted`
		: `; ${name}_PREVIOUS is not set, so everything the old value made is refused`;
	return {
		code: 'env.changed',
		severity: previousSet ? 'info' : 'fail',
		message: `${name} changed ${when}${known}${effect}`,
		fix: previousSet
			? `remove ${name}_PREVIOUS once what it made has ended`
			: `set ${name}_PREVIOUS to the old value, or ${name} back to it, and restart the application; else people sign in again`,
		at: name,
	};
}

/** @returns `14 min`, `3 h`, `5 days`. */
export function describeAge(ms: number): string {
	const minutes = Math.max(0, Math.round(ms / 60_000));
	if (minutes < 1) return `${Math.max(0, Math.round(ms / 1000))} s`;
	if (minutes < 120) return `${minutes} min`;
	return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
