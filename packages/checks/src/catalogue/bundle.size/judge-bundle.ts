/** Whether the JavaScript that a page needs first is within its budget, and not much larger than it was. Pure. */
import type { FactSample, Finding } from '../../contract.ts';
import { formatBytes } from '../../outcome/show-response.ts';

export interface SizedRoute {
	readonly route: string;
	/** Compressed, bytes. */
	readonly gzipBytes: number;
	/** Largest first. */
	readonly files: readonly { readonly file: string; readonly gzipBytes: number }[];
}

/** From which growth on it is said: a fifth, and more than a small library. */
const grownBy = 1.2;
const grownBytes = 20 * 1024;

/** @param budget bytes; warns above, fails above twice as much. */
export function judgeBudget({ route, gzipBytes, files }: SizedRoute, budget: number): Finding | null {
	if (gzipBytes <= budget) return null;
	const largest = files
		.slice(0, 3)
		.map(({ file, gzipBytes: size }) => `${file} (${formatBytes(size)})`)
		.join(', ');
	return {
		code: 'bundle.over-budget',
		severity: gzipBytes > 2 * budget ? 'fail' : 'warn',
		message: `${route} needs ${formatBytes(gzipBytes)} of JavaScript, compressed, before it works; the budget is ${formatBytes(budget)}${largest === '' ? '' : `; largest: ${largest}`}`,
		fix: 'load what is not needed at once with next/dynamic, and look for a whole library where a part would do (ANALYZE=true npm run build)',
		at: route,
	};
}

/** @param samples what was seen before, oldest first: the last value that differs is the release before. */
export function judgeGrowth({ route, gzipBytes }: SizedRoute, samples: readonly FactSample[]): Finding | null {
	const before = samples.map(({ value, at }) => ({ bytes: Number(value), at })).findLast(({ bytes }) => bytes > 0 && bytes !== gzipBytes);
	if (before === undefined || gzipBytes < before.bytes * grownBy || gzipBytes - before.bytes < grownBytes) return null;
	return {
		code: 'bundle.grew',
		severity: 'warn',
		message: `${route} needs ${formatBytes(gzipBytes)} of JavaScript, compressed; it was ${formatBytes(before.bytes)} on ${before.at.slice(0, 10)} (+${Math.round((gzipBytes / before.bytes - 1) * 100)} %)`,
		fix: 'look at what the last releases added to this route',
		at: route,
	};
}
