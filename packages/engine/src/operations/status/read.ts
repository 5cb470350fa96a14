import { type Incident, readIncidents } from '../../incidents/read.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { listMigrations } from '../../storage/migrate.ts';

export interface ServiceStatus {
	readonly name: string;
	readonly url: string;
	/** How many monitors are in which state; `new`: nobody has looked often enough. */
	readonly monitors: Readonly<Record<'ok' | 'warn' | 'fail' | 'unknown' | 'new', number>>;
}

export interface WatcherStatus {
	/** Monitors that nobody has begun or holds though they were due, and for how long the first of them. */
	readonly overdue: number;
	readonly oldestMs: number;
	/** Of the last run of each monitor, from due to begun; null before the first. */
	readonly lateP99Ms: number | null;
	readonly missed: number;
	/** ISO 8601: when anything was last looked at. */
	readonly lastAt: string | null;
	/** Nobody watches, or too slowly: what is told of the services is old. */
	readonly isLate: boolean;
	/** Notifications that wait for their channel. */
	readonly notificationsWaiting: number;
}

export interface Status {
	/** ISO 8601, by the clock of the database. */
	readonly at: string;
	readonly services: readonly ServiceStatus[];
	/** Monitors that are not well, the worst first. */
	readonly notWell: readonly {
		readonly service: string;
		readonly key: string;
		readonly title: string;
		readonly state: string;
		readonly since: string;
		readonly reason: string | null;
	}[];
	readonly incidents: readonly Incident[];
	readonly watcher: WatcherStatus;
}

/** Overdue by more than this nobody watches. */
const LATE_AFTER_MS = 30_000;

/** What the database holds now. @throws OperationError `precondition` when its schema is not the one of this code */
export async function readStatus({ database }: RecordContext, input: { readonly service?: string | undefined } = {}): Promise<Status> {
	const { pool } = database;
	await requireSchema(pool);
	const now = await database.now();
	const service = input.service ?? null;
	const services = await pool.query<{ name: string; url: string; monitors: Partial<ServiceStatus['monitors']> | null }>(
		`select name, url, (select jsonb_object_agg(state, count) from
			(select state, count(*) from monitor where monitor.service = service.name and removed_at is null group by state) as counted) as monitors
		from service where removed_at is null and ($1::text is null or name = $1) order by name`,
		[service],
	);
	if (service !== null && services.rows.length === 0) throw new OperationError('not_found', `there is no service ${service}`);
	const notWell = await pool.query<{ service: string; key: string; title: string; state: string; since: Date; reason: string | null }>(
		`select service, key, title, state, state_since as since, last_reason as reason from monitor
		where removed_at is null and state in ('fail', 'unknown', 'warn') and ($1::text is null or service = $1)
		order by array_position(array['fail', 'unknown', 'warn'], state), state_since, id limit 100`,
		[service],
	);
	const watcher = await pool.query<{
		overdue: number;
		oldest_ms: number;
		late: number | null;
		missed: string;
		last_at: Date | null;
		waiting: number;
	}>(
		`select count(*) filter (where due_at <= $1 and is_left)::int as overdue,
			coalesce(extract(epoch from $1::timestamptz - min(due_at) filter (where due_at <= $1 and is_left)) * 1000, 0)::float8 as oldest_ms,
			percentile_disc(0.99) within group (order by late_ms) filter (where last_at is not null) as late,
			coalesce(sum(missed), 0) as missed, max(last_at) as last_at,
			(select count(*)::int from notification where state = 'waiting') as waiting
		from (select *, claimed_until is null or claimed_until <= $1 as is_left from monitor where removed_at is null) as watched`,
		[new Date(now)],
	);
	const row = watcher.rows[0];
	const oldestMs = Math.round(row?.oldest_ms ?? 0);
	return {
		at: new Date(now).toISOString(),
		services: services.rows.map(({ name, url, monitors }) => ({
			name,
			url,
			monitors: { ok: 0, warn: 0, fail: 0, unknown: 0, new: 0, ...monitors },
		})),
		notWell: notWell.rows.map((one) => ({ ...one, since: one.since.toISOString() })),
		incidents: await readIncidents(pool, { service, open: true, limit: 1000 }),
		watcher: {
			overdue: row?.overdue ?? 0,
			oldestMs,
			lateP99Ms: row?.late ?? null,
			missed: Number(row?.missed ?? 0),
			lastAt: row?.last_at?.toISOString() ?? null,
			isLate: oldestMs > LATE_AFTER_MS,
			notificationsWaiting: row?.waiting ?? 0,
		},
	};
}

async function requireSchema(pool: RecordContext['database']['pool']): Promise<void> {
	const wanted = (await listMigrations()).at(-1)?.version ?? 0;
	// undefined_table: nothing was ever made there.
	const found = await pool
		.query<{ version: number | null }>('select max(version) as version from schema_migration')
		.catch((error: { code?: string }) => {
			if (error.code === '42P01') return { rows: [{ version: null }] };
			throw error;
		});
	const version = found.rows[0]?.version ?? 0;
	if (version === wanted) return;
	throw new OperationError('precondition', `the database has schema ${version}, and this Holdfast knows ${wanted}`, {
		hint: version < wanted ? 'Start it once with holdfast up.' : 'Install the newer Holdfast.',
	});
}
