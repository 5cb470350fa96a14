/**
 * What applications send, on its way to PostgreSQL. What comes at once is written in one transaction, and each sender is answered after its
 * commit: under load one flush of the disk serves many. What can never be stored is found by halving, refused by itself, and the rest is kept.
 * Guarantee: what was acknowledged survives the death of this process and of PostgreSQL; ids make twice the same as once.
 */
import type { IngestStore } from '../ingest/ports.ts';
import type { Database } from '../storage/open-database.ts';
import { keepParcels } from './keep-parcels.ts';
import { type Parcel, parcelOfEnvelope, parcelOfLines, parcelOfNotice, parcelOfVitals } from './parcel.ts';
import { createPruner } from './prune-bodies.ts';

export interface PostgresIngestStore extends IngestStore {
	/** Ends the looking for a database that is gone, and waits for what is under way. */
	readonly close: () => Promise<void>;
}

export interface IngestStoreOptions {
	/** How often a database that is gone is looked for, in milliseconds; 500 when absent. */
	readonly probeEveryMs?: number;
}

interface Waiting {
	readonly parcel: Parcel;
	readonly resolve: () => void;
	readonly reject: (error: unknown) => void;
}

/** Of one transaction: enough to share a commit, little enough to be answered soon. */
const MOST_PARCELS = 256;
const MOST_WEIGHT = 4 * 1024 * 1024;

export function createIngestStore(database: Database, { probeEveryMs = 500 }: IngestStoreOptions = {}): PostgresIngestStore {
	const waiting: Waiting[] = [];
	const pruner = createPruner(database);
	let flushing: Promise<void> | null = null;
	let gone: NodeJS.Timeout | null = null;

	const watch = (): void => {
		gone ??= setInterval(() => {
			database.pool.query('select 1').then(
				() => {
					if (gone !== null) clearInterval(gone);
					gone = null;
				},
				() => undefined,
			);
		}, probeEveryMs);
	};
	const write = async (batch: readonly Waiting[]): Promise<void> => {
		try {
			pruner.note(
				await keepParcels(
					database,
					batch.map(({ parcel }) => parcel),
				),
			);
			for (const { resolve } of batch) resolve();
		} catch (error) {
			if (isAboutData(error) && batch.length > 1) {
				const middle = Math.ceil(batch.length / 2);
				await write(batch.slice(0, middle));
				await write(batch.slice(middle));
				return;
			}
			if (isAboutConnection(error)) watch();
			for (const { reject } of batch) reject(error);
		}
	};
	const flushAll = async (): Promise<void> => {
		while (waiting.length > 0) await write(takeBatch(waiting));
		// In the same step as the look that found nothing: what comes now begins anew.
		flushing = null;
	};
	const keep = (parcel: Parcel): Promise<void> =>
		new Promise((resolve, reject) => {
			waiting.push({ parcel, resolve, reject });
			// What else this turn of the loop brings goes along.
			flushing ??= new Promise<void>((ready) => setImmediate(ready)).then(flushAll);
		});
	return {
		keepEnvelope: (envelope) => keep(parcelOfEnvelope(envelope)),
		keepVitals: (kept) => keep(parcelOfVitals(kept, kept.samples)),
		keepLines: (kept) => keep(parcelOfLines(kept, kept.lines)),
		keepRelease: (kept) => keep(parcelOfNotice(kept, kept.notice)),
		isReady: () => gone === null,
		close: async () => {
			await flushing;
			await pruner.settled();
			if (gone !== null) clearInterval(gone);
			gone = null;
		},
	};
}

function takeBatch(waiting: Waiting[]): readonly Waiting[] {
	let weight = 0;
	let count = 0;
	for (const { parcel } of waiting) {
		weight += parcel.weight;
		if (count > 0 && (weight > MOST_WEIGHT || count >= MOST_PARCELS)) break;
		count += 1;
	}
	return waiting.splice(0, count);
}

function codeOf(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? error.code : null;
	return typeof code === 'string' ? code : '';
}

/** Classes 22 (data), 23 (constraints) and 54 (limits) of PostgreSQL: the same again gives the same. */
function isAboutData(error: unknown): boolean {
	return /^(?:22|23|54)...$/.test(codeOf(error));
}

/** Anything but what PostgreSQL said about a statement of ours: it is gone, starts, stops, is full, or the line to it broke. */
function isAboutConnection(error: unknown): boolean {
	return !/^(?:22|23|40|42|54)...$/.test(codeOf(error));
}
