import type { RecordContext } from '../../ports.ts';
import { floor, GRAIN_MS } from '../../rollup/decide.ts';
import { readDays } from '../../rollup/read-queries.ts';

export interface ReadAvailabilityInput {
	readonly service?: string | undefined;
	/** How many days back, today included; 90 when absent, at most 731. */
	readonly days?: number | undefined;
}

export interface MonitorAvailability {
	readonly service: string;
	readonly key: string;
	/** Oldest first, days of UTC; a day without an answer is left out: nothing is known of it. */
	readonly days: readonly { readonly day: string; readonly availability: number }[];
	/** Over all of them; null: no look gave an answer. */
	readonly availability: number | null;
}

/** For each monitor that is watched, how much of each day it was well. */
export async function readAvailability(
	{ database }: RecordContext,
	input: ReadAvailabilityInput = {},
): Promise<readonly MonitorAvailability[]> {
	const count = Math.min(731, Math.max(1, Math.trunc(input.days ?? 90)));
	const now = await database.now();
	const span = { from: floor(now, 'd') - (count - 1) * GRAIN_MS.d, to: now + 1 };
	const rows = await readDays(database.pool, input.service ?? null, span);
	const names = new Map<number, string>();
	const nameOf = (day: number): string => {
		const known = names.get(day) ?? new Date(day * GRAIN_MS.d).toISOString().slice(0, 10);
		names.set(day, known);
		return known;
	};
	return rows.map(({ service, key, days }) => {
		const known = days.filter(([, , answered]) => answered > 0);
		const sum = (index: 1 | 2): number => known.reduce((total, day) => total + day[index], 0);
		return {
			service,
			key,
			days: known.map(([day, well, answered]) => ({ day: nameOf(day), availability: well / answered })),
			availability: known.length === 0 ? null : sum(1) / sum(2),
		};
	});
}
