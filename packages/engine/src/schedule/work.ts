/** Looks for monitors that are due and takes them: a batch at a time, under a lease that ends by itself when this engine does. */
import type { Database } from '../storage/open-database.ts';
import { type ClaimedMonitor, claimDue, listEngines, type Share } from './queries.ts';

/** An engine that ends without a word is taken over after this; what takes longer renews its lease while it runs. */
export const LEASE_MS = 6000;
/** How often what runs renews its lease. */
export const RENEW_EVERY_MS = 1500;
/** Most are answered and stored before: their rows are not written once more for a lease that nobody needs. */
export const RENEW_AFTER_MS = 2500;

export interface DueBatch {
	/** By the clock of the database, read once for this cycle. */
	readonly now: number;
	/** In the order in which they fall due. */
	readonly claimed: readonly ClaimedMonitor[];
	/** Others are alive: look again sooner, so that each finds its part before it is left over. */
	readonly isShared: boolean;
}

/** How often who else is alive is looked at. */
const LOOK_EVERY_MS = 3000;
/** Half of what is claimed ahead: an engine that lives has taken its own part by then. */
const LEFT_SHARE = 0.5;

export interface Sharing {
	/** @returns this engine's part; null: it is alone */
	readonly read: (now: number) => Promise<Share | null>;
}

/** Each engine takes its own part early and what others leave late, so that all have the same to do however fast each of them is. */
export function createSharing(database: Pick<Database, 'pool'>, { engine, aheadMs }: { engine: string; aheadMs: number }): Sharing {
	let share: Share | null = null;
	let lookedAt = Number.NEGATIVE_INFINITY;
	return {
		read: async (now) => {
			if (Math.abs(now - lookedAt) < LOOK_EVERY_MS) return share;
			lookedAt = now;
			const engines = [...new Set([...(await listEngines(database.pool, now)), engine])].toSorted();
			share = engines.length < 2 ? null : { engines: engines.length, rank: engines.indexOf(engine), leftMs: aheadMs * LEFT_SHARE };
			return share;
		},
	};
}

export async function takeDue(
	database: Database,
	{
		limit,
		sharing,
		...options
	}: {
		readonly engine: string;
		readonly services: readonly string[];
		readonly aheadMs: number;
		readonly limit: number;
		readonly sharing: Sharing;
	},
): Promise<DueBatch> {
	const now = await database.now();
	if (limit <= 0) return { now, claimed: [], isShared: false };
	const share = await sharing.read(now);
	const claimed = await claimDue(database.pool, { ...options, now, limit, leaseMs: LEASE_MS, ...(share === null ? {} : { share }) });
	return { now, claimed, isShared: share !== null };
}
