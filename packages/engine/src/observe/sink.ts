/**
 * Samples on their way to the database, in batches. What cannot be stored now waits, up to a bound; what can never be stored is put off
 * by itself and reported, and the rest of its batch is stored.
 */

import type { FindCutOff } from '../network/work.ts';
import { pushOut } from '../schedule/queries.ts';
import type { Database } from '../storage/open-database.ts';
import { cutOffSample, type Sample } from './sample.ts';
import { type StoreReport, storeSamples } from './work.ts';

export interface SinkOptions {
	readonly engine: string;
	/** Services of which Holdfast itself reaches nothing. */
	readonly findCutOff: FindCutOff;
	readonly serviceOf: (monitorId: number) => string | null;
	readonly onStored: (samples: readonly Sample[], report: StoreReport) => void;
	/** A sample that the database refuses. */
	readonly onRefused: (sample: Sample, reason: string) => void;
}

export interface Sink {
	readonly add: (sample: Sample) => void;
	/** @param before those that began before, by the clock of the database */
	readonly waiting: (before?: number) => readonly number[];
	/** @throws {Error} when the database cannot be reached: what waits stays. */
	readonly flush: () => Promise<void>;
	readonly dropped: () => number;
}

const BATCH = 500;
const MOST_WAITING = 20_000;
const PUT_OFF_MS = 60_000;

export function createSink(database: Database, options: SinkOptions): Sink {
	let waiting: Sample[] = [];
	let dropped = 0;
	let underWay: Promise<void> | null = null;

	const store = async (samples: readonly Sample[]): Promise<void> => {
		const now = await database.now();
		const seen = samples.flatMap((sample) => {
			const service = options.serviceOf(sample.monitorId);
			return service === null ? [] : [{ service, sample }];
		});
		const cutOff = await options.findCutOff(seen);
		const isCutOff = ({ monitorId }: Sample): boolean => cutOff.has(options.serviceOf(monitorId) ?? '');
		const told = cutOff.size === 0 ? samples : samples.map((sample) => (isCutOff(sample) ? cutOffSample(sample) : sample));
		const report = await storeSamples(database, told, { engine: options.engine, now, cutOff });
		options.onStored(told, report);
	};
	const refuse = async (sample: Sample, error: unknown): Promise<void> => {
		const reason = error instanceof Error ? error.message.slice(0, 300) : String(error);
		const now = await database.now();
		await pushOut(database.pool, {
			engine: options.engine,
			ids: [sample.monitorId],
			now,
			byMs: PUT_OFF_MS,
			reason: 'its result could not be stored',
		});
		options.onRefused(sample, reason);
	};
	const flushBatch = async (batch: readonly Sample[]): Promise<void> => {
		try {
			await store(batch);
		} catch (error) {
			if (!isAboutData(error)) throw error;
			const [only, ...others] = batch;
			if (only !== undefined && others.length === 0) return await refuse(only, error);
			// Halves, until the one that it is about stands alone.
			const middle = Math.ceil(batch.length / 2);
			await flushBatch(batch.slice(0, middle));
			await flushBatch(batch.slice(middle));
		}
	};
	const flushAll = async (): Promise<void> => {
		while (waiting.length > 0) {
			const batch = waiting.slice(0, BATCH);
			await flushBatch(batch);
			const done = new Set(batch);
			waiting = waiting.filter((sample) => !done.has(sample));
		}
	};
	return {
		add: (sample) => {
			waiting.push(sample);
			if (waiting.length <= MOST_WAITING) return;
			// Their monitors are due still: they will be asked again.
			waiting.shift();
			dropped += 1;
		},
		waiting: (before = Number.POSITIVE_INFINITY) => waiting.filter(({ at }) => at < before).map(({ monitorId }) => monitorId),
		flush: () => {
			underWay ??= flushAll().finally(() => {
				underWay = null;
			});
			return underWay;
		},
		dropped: () => dropped,
	};
}

/** Classes 22 (data), 23 (constraints) and 54 (limits) of PostgreSQL: the same again gives the same. No partition for a time is 23514. */
function isAboutData(error: unknown): boolean {
	const code = (error as { code?: unknown }).code;
	return typeof code === 'string' && /^(?:22|23|54)/.test(code);
}
