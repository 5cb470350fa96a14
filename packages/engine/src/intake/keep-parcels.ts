import type pg from 'pg';
import { daysAround, ensurePartitions } from '../observe/partitions.ts';
import type { Database } from '../storage/open-database.ts';
import { keepErrors } from './errors/keep-errors.ts';
import { keepJobs } from './keep-jobs.ts';
import { keepLines } from './keep-lines.ts';
import { keepLosses } from './keep-losses.ts';
import { keepNotices, noteReleases } from './keep-releases.ts';
import { keepSessions } from './keep-sessions.ts';
import type { Parcel } from './parcel.ts';
import { keepMeasured } from './rollups/keep-measured.ts';

/** A database that answers no statement within this counts as gone; senders wait ten seconds. */
const STATEMENT_TIMEOUT = '8s';

/**
 * All of it, or nothing. Rows that several processes write are locked in one order everywhere.
 * @returns ids of error groups whose events are kept whole more often than they should
 */
export async function keepParcels(database: Database, parcels: readonly Parcel[]): Promise<readonly number[]> {
	if (parcels.some(({ lines }) => lines.length > 0)) await ensurePartitions(database, daysAround(await database.now()), 'log_line');
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await database.transaction((client) => keepAll(client, parcels));
		} catch (error) {
			// Somebody else held what we wanted and wanted what we held; one of the two goes on.
			if (attempt === 3 || (error as { code?: unknown }).code !== '40P01') throw error;
		}
	}
}

async function keepAll(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<readonly number[]> {
	await client.query(`set local statement_timeout = '${STATEMENT_TIMEOUT}'`);
	await noteReleases(client, parcels);
	await keepNotices(client, parcels);
	const crowded = await keepErrors(client, parcels);
	await keepMeasured(client, parcels);
	await keepSessions(client, parcels);
	await keepJobs(client, parcels);
	await keepLosses(client, parcels);
	await keepLines(client, parcels);
	return crowded;
}
