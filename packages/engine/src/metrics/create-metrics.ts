/**
 * Holdfast's own figures for Prometheus. Guarantee: an answer within `withinMs`, whatever the database does; one that hangs is asked once,
 * however often somebody scrapes, and until it answers `holdfast_database_up` is 0.
 */
import type { EngineStats } from '../engine.ts';
import type { Database } from '../storage/open-database.ts';
import { engineFamilies } from './engine-families.ts';
import { type RecordSnapshot, readRecordSnapshot } from './queries.ts';
import { recordFamilies } from './record-families.ts';
import { writeExposition } from './write-exposition.ts';

export interface MetricsOptions {
	readonly database: Database;
	/** Of the engine in this process; absent where none runs. */
	readonly stats?: () => EngineStats;
	/** How long a scrape waits for the database; 3 s when absent (Prometheus itself gives up after 10 s). */
	readonly withinMs?: number;
}

/** @returns what answers a scrape, in the text format 0.0.4; never rejects because of the database */
export function createMetrics({ database, stats, withinMs = 3000 }: MetricsOptions): () => Promise<string> {
	let underWay: Promise<RecordSnapshot | null> | null = null;
	const read = (): Promise<RecordSnapshot | null> => {
		underWay ??= readRecordSnapshot(database)
			.catch(() => null)
			.finally(() => {
				underWay = null;
			});
		return underWay;
	};
	return async () => {
		const snapshot = await orNull(read(), withinMs);
		return writeExposition([...(stats === undefined ? [] : engineFamilies(stats())), ...recordFamilies(snapshot)]);
	};
}

async function orNull<T>(work: Promise<T | null>, withinMs: number): Promise<T | null> {
	let timer: NodeJS.Timeout | undefined;
	const overdue = new Promise<null>((resolve) => {
		timer = setTimeout(() => resolve(null), withinMs);
	});
	try {
		return await Promise.race([work, overdue]);
	} finally {
		clearTimeout(timer);
	}
}
