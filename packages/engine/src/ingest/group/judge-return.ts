import { compareReleases, type ReleaseFacts } from './release-order.ts';

/** How a group was resolved. Times in milliseconds since 1970. */
export type Resolution =
	/** As of now. */
	| { readonly kind: 'at-once'; readonly at: number }
	/** The mend is in this release, whether it is live yet or not. */
	| { readonly kind: 'in-release'; readonly at: number; readonly release: ReleaseFacts }
	/** The mend comes with the first release after this one. */
	| { readonly kind: 'after-release'; readonly at: number; readonly release: ReleaseFacts };

export interface SeenAgain {
	readonly at: number;
	/** Null when the event names no release. */
	readonly release: ReleaseFacts | null;
}

export interface ReturnVerdict {
	/** Whether the group is open again: a regression. */
	readonly returned: boolean;
	/** One sentence, kept with the change and shown, also when nothing changes. */
	readonly reason: string;
}

/**
 * Decides whether an event brings a resolved group back. A release that is older than the mend may go on failing while instances of it still run: that is no
 * regression. What cannot be told counts as one, because a false alarm is looked at and a missed one is not.
 */
export function judgeReturn(resolution: Resolution, seen: SeenAgain): ReturnVerdict {
	if (seen.at <= resolution.at) return stay('the event is from before it was resolved, and came late');
	if (resolution.kind === 'at-once') return back('seen again after it was resolved');
	const { version } = resolution.release;
	if (seen.release === null)
		return back(`seen again after it was resolved, in an event that names no release; the mend is tied to ${version}`);
	const order = compareReleases(seen.release, resolution.release);
	const named = seen.release.version;
	if (order === null) return back(`seen again in ${named}, and whether that is earlier or later than ${version} is not known`);
	if (resolution.kind === 'in-release')
		return order < 0
			? stay(`${named} is older than ${version}, which has the mend`)
			: back(`seen again in ${named}, which has the mend of ${version}`);
	return order <= 0
		? stay(`${named} is not later than ${version}, after which the mend comes`)
		: back(`seen again in ${named}, which is later than ${version}`);
}

function back(reason: string): ReturnVerdict {
	return { returned: true, reason };
}

function stay(reason: string): ReturnVerdict {
	return { returned: false, reason };
}
