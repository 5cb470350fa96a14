import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { GRAIN_MS, type Grain, type Rollup } from '../../rollup/decide.ts';
import { findMonitorId, readRollupsOf } from '../../rollup/read-queries.ts';
import { type HistorySummary, summariseRollups } from '../../rollup/summarise.ts';

export type HistoryWindow = '24h' | '7d' | '90d';

export interface ReadHistoryInput {
	readonly service: string;
	/** Of the monitor: its question. */
	readonly key: string;
	readonly window: HistoryWindow;
}

export interface HistoryPoint extends HistorySummary {
	/** ISO 8601: beginning of the time that it stands for. */
	readonly at: string;
}

export interface MonitorHistory {
	readonly service: string;
	readonly key: string;
	/** Width of a point. */
	readonly stepMs: number;
	/** Oldest first; where nothing was seen there is none. */
	readonly points: readonly HistoryPoint[];
	/** Of the whole window. */
	readonly whole: HistorySummary;
}

/** From which roll-ups, and how wide a point is: as many points as a plot shows. */
const WINDOWS: Readonly<Record<HistoryWindow, { readonly grain: Grain; readonly lengthMs: number; readonly stepMs: number }>> = {
	'24h': { grain: 'm', lengthMs: 24 * GRAIN_MS.h, stepMs: 10 * GRAIN_MS.m },
	'7d': { grain: 'h', lengthMs: 7 * GRAIN_MS.d, stepMs: GRAIN_MS.h },
	'90d': { grain: 'd', lengthMs: 90 * GRAIN_MS.d, stepMs: GRAIN_MS.d },
};

/** What a plot of one monitor shows, from roll-ups only. @throws OperationError `not_found` for a monitor that was never there */
export async function readMonitorHistory({ database }: RecordContext, input: ReadHistoryInput): Promise<MonitorHistory> {
	const { grain, lengthMs, stepMs } = WINDOWS[input.window];
	const id = await findMonitorId(database.pool, input.service, input.key);
	if (id === null) throw new OperationError('not_found', `${input.service} has no monitor ${input.key}`);
	const now = await database.now();
	const rollups = await readRollupsOf(database.pool, id, grain, { from: now - lengthMs, to: now + 1 });
	const steps = new Map<number, Rollup[]>();
	for (const rollup of rollups) {
		const at = Math.floor(rollup.at / stepMs) * stepMs;
		const known = steps.get(at);
		if (known === undefined) steps.set(at, [rollup]);
		else known.push(rollup);
	}
	return {
		service: input.service,
		key: input.key,
		stepMs,
		points: [...steps].map(([at, parts]) => ({ at: new Date(at).toISOString(), ...summariseRollups(parts) })),
		whole: summariseRollups(rollups),
	};
}
