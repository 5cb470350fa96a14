/** Whether the memory of one process grows without end. Pure. */
import type { Finding } from '../../contract.ts';
import { formatBytes } from '../../outcome/show-response.ts';
import { findSlope, measureRise, type Point } from '../../statistics/robust.ts';
import type { TrendPoint } from '../../trend.ts';

const HOUR = 3_600_000;
/** Collected garbage makes a saw tooth: of each half hour the least counts, what is left after a collection. */
export const GROUP_MS = HOUR / 2;
const LEAST_OF_GROUP = 3;
/** Three hours: with six points even a steady rise is above chance (measureRise 2.63), with five it is not. */
export const LEAST_GROUPS = 6;
/** A process fills its caches first. */
export const WARM_UP_MS = HOUR / 2;
/** One of a hundred by chance. */
const SURE = 2.33;
/** Growth over the time looked at, as a share of its beginning, below which it is none. */
const LEAST_GROWTH = 0.1;
/** Time to the limit: within a day somebody must act, within a week somebody should look. */
const SOON_MS = 24 * HOUR;
const LATER_MS = 7 * 24 * HOUR;
/** A rise of a morning is no leak: so much must be seen before it fails. */
const LEAST_SEEN_TO_FAIL_MS = 6 * HOUR;

export interface Growth {
	/** Half hours with enough samples. */
	readonly groups: number;
	readonly samples: number;
	/** Milliseconds between the first and the last group. */
	readonly seenMs: number;
	/** Bytes an hour; null while it is too short to tell. */
	readonly slope: number | null;
	readonly finding: Finding | null;
}

export interface GrowthInput {
	/** `heap`, `memory`. */
	readonly what: string;
	readonly points: readonly TrendPoint[];
	/** When the process began, milliseconds since the epoch. */
	readonly startedAtMs: number;
	/** Bytes at which the process ends; null where it is not known. */
	readonly limit: number | null;
	readonly now: number;
}

export function judgeGrowth({ what, points, startedAtMs, limit, now }: GrowthInput): Growth {
	const counted = points.filter(({ fromMs }) => fromMs >= startedAtMs + WARM_UP_MS);
	const floors = findFloors(counted);
	const [first, last] = [floors[0], floors.at(-1)];
	const known = { groups: floors.length, samples: counted.reduce((sum, { count }) => sum + count, 0) };
	if (floors.length < LEAST_GROUPS || first === undefined || last === undefined)
		return { ...known, seenMs: first === undefined || last === undefined ? 0 : last.x - first.x, slope: null, finding: null };
	const perMs = findSlope(floors) ?? 0;
	const seenMs = last.x - first.x;
	const slope = perMs * HOUR;
	const grown = perMs * seenMs;
	const isGrowing = measureRise(floors) >= SURE && grown >= LEAST_GROWTH * first.y;
	if (!isGrowing) return { ...known, seenMs, slope, finding: null };
	const untilFull = limit === null ? null : Math.max(0, (limit - last.y) / perMs - (now - last.x));
	const severe = untilFull !== null && untilFull <= SOON_MS && seenMs >= LEAST_SEEN_TO_FAIL_MS;
	const noted = untilFull === null || untilFull <= LATER_MS;
	const end =
		untilFull === null || limit === null
			? ''
			: `; at that rate its limit of ${formatBytes(limit)} is reached in ${describeSpan(untilFull)}`;
	return {
		...known,
		seenMs,
		slope,
		finding: {
			code: 'memory.grows',
			severity: severe ? 'fail' : noted ? 'warn' : 'info',
			message: `The ${what} grows by ${formatBytes(slope)} an hour, from ${formatBytes(first.y)} to ${formatBytes(last.y)} in ${describeSpan(seenMs)}${end}`,
			fix: 'restart the application to gain time; compare two heap snapshots an hour apart (node --heapsnapshot-signal) to see what stays',
		},
	};
}

function findFloors(points: readonly TrendPoint[]): readonly Point[] {
	const groups = new Map<number, TrendPoint[]>();
	for (const point of points) {
		const at = Math.floor(point.fromMs / GROUP_MS) * GROUP_MS;
		groups.set(at, [...(groups.get(at) ?? []), point]);
	}
	return [...groups]
		.filter(([, group]) => group.reduce((sum, { count }) => sum + count, 0) >= LEAST_OF_GROUP)
		.map(([at, group]) => ({ x: at, y: Math.min(...group.map(({ p50 }) => p50)) }))
		.toSorted((a, b) => a.x - b.x);
}

/** @returns `40 min`, `5 h`, `3 days`. */
export function describeSpan(ms: number): string {
	const minutes = Math.round(ms / 60_000);
	if (minutes < 120) return `${minutes} min`;
	return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
