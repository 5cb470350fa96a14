/** Looks for monitors that are due and takes them: a batch at a time, under a lease that ends by itself when this engine does. */
import type { Database } from '../storage/open-database.ts';
import { type ClaimedMonitor, claimDue } from './queries.ts';

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
}

export async function takeDue(
	database: Database,
	{
		limit,
		...options
	}: { readonly engine: string; readonly services: readonly string[]; readonly aheadMs: number; readonly limit: number },
): Promise<DueBatch> {
	const now = await database.now();
	return { now, claimed: limit <= 0 ? [] : await claimDue(database.pool, { ...options, now, limit, leaseMs: LEASE_MS }) };
}
