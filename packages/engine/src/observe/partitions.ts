/** Samples lie in one partition for each day of UTC, and lines of logs likewise. */
import type pg from 'pg';
import type { Database } from '../storage/open-database.ts';

const DAY = 86_400_000;

export type DailyTable = 'observation' | 'log_line';

/** Of the advisory lock under which partitions are made and dropped. */
const LOCK = "hashtextextended('holdfast/partitions', 0)";

/** @returns `20261128` */
export function dayOf(at: number): string {
	return new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
}

/** The day before, this one and the two to come: a clock that is set by an hour, or an engine that stands still over midnight, finds them there. */
export function daysAround(now: number): readonly number[] {
	const today = Math.floor(now / DAY) * DAY;
	return [-1, 0, 1, 2].map((days) => today + days * DAY);
}

/** Idempotent; of several at once one makes them. @returns names of those that were missing */
export async function ensurePartitions(
	database: Database,
	moments: readonly number[],
	table: DailyTable = 'observation',
): Promise<readonly string[]> {
	const starts = [...new Set(moments.map((at) => Math.floor(at / DAY) * DAY))].toSorted((a, b) => a - b);
	const present = new Set(await listPartitions(database.pool, table));
	const missing = starts.filter((start) => !present.has(nameOf(table, start)));
	if (missing.length === 0) return [];
	return await database.transaction(async (client) => {
		await client.query(`select pg_advisory_xact_lock(${LOCK})`);
		const made = [];
		for (const start of missing) {
			if ((await client.query('select 1 from pg_class where relname = $1', [nameOf(table, start)])).rowCount !== 0) continue;
			// Names and bounds are made of digits here: a partition takes no parameters.
			await client.query(
				`create table ${nameOf(table, start)} partition of ${table} for values from ('${new Date(start).toISOString()}') to ('${new Date(start + DAY).toISOString()}')`,
			);
			made.push(nameOf(table, start));
		}
		return made;
	});
}

/** Drops the days that ended before `before`. @returns their names */
export async function dropPartitions(database: Database, before: number, table: DailyTable = 'observation'): Promise<readonly string[]> {
	const old = (await listPartitions(database.pool, table)).filter((name) => startOf(name) + DAY <= before);
	if (old.length === 0) return [];
	return await database.transaction(async (client) => {
		await client.query("set local lock_timeout = '2s'");
		await client.query(`select pg_advisory_xact_lock(${LOCK})`);
		for (const name of old) await client.query(`drop table if exists ${name}`);
		return old;
	});
}

async function listPartitions(pool: pg.Pool, table: DailyTable): Promise<readonly string[]> {
	const { rows } = await pool.query<{ name: string }>(
		`select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
		where inhparent = $1::text::regclass and relname ~ ('^' || $1::text || '_[0-9]{8}$') order by relname`,
		[table],
	);
	return rows.map(({ name }) => name);
}

function nameOf(table: DailyTable, start: number): string {
	return `${table}_${dayOf(start)}`;
}

function startOf(name: string): number {
	const digits = name.slice(-8);
	return Date.parse(`${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}T00:00:00Z`);
}
