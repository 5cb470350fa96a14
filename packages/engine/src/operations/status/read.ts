import { listGaps } from '../../gap/queries.ts';
import { type Incident, readIncidents } from '../../incidents/read.ts';
import { listLosses } from '../../network/queries.ts';
import type { ObjectiveResult } from '../../objectives/decide.ts';
import { listObjectives, type ObjectiveRow } from '../../objectives/queries.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { requireSchema } from '../../storage/require-schema.ts';

export interface ServiceStatus {
	readonly name: string;
	readonly url: string;
	/** How many monitors are in which state, of those that apply; `new`: nobody has looked often enough. */
	readonly monitors: Readonly<Record<'ok' | 'warn' | 'fail' | 'unknown' | 'new', number>>;
	/** Monitors whose question makes no sense for this service: neither well nor unwell. */
	readonly notApplicable: number;
}

/** A promise of availability, as it stood at the last measurement; the engine measures each minute. */
export interface ObjectiveStatus {
	readonly service: string;
	readonly name: string;
	readonly title: string;
	/** Line of the runbook; null: the configuration alone names it. */
	readonly line: number | null;
	/** Share of the time, above 0 and below 1; `achieved` likewise, null when too little is known. */
	readonly target: number;
	readonly achieved: number | null;
	readonly state: ObjectiveResult['state'];
	/** Share of the window that samples speak for. */
	readonly coverage: number;
	readonly windowDays: number;
	readonly budgetMinutes: number;
	/** Null before the first measurement; below zero: overdrawn. */
	readonly budgetLeftMinutes: number | null;
	/** ISO 8601: when the budget is spent if it goes on; null: it does not burn too fast. */
	readonly spentAt: string | null;
	/** Times faster than allowed, over a long and a short window; null: less than half of the window is known. */
	readonly burns: readonly {
		readonly longMinutes: number;
		readonly shortMinutes: number;
		readonly alertsAt: number;
		readonly long: number | null;
		readonly short: number | null;
	}[];
	readonly reason: string;
	readonly measuredAt: string | null;
}

export interface WatcherStatus {
	/** Monitors that nobody has begun or holds though they were due, and for how long the first of them. */
	readonly overdue: number;
	readonly oldestMs: number;
	/** Of the last run of each monitor that ran within ten minutes, from its tick to begun; null: none did. */
	readonly lateP99Ms: number | null;
	readonly missed: number;
	/** ISO 8601: when anything was last looked at. */
	readonly lastAt: string | null;
	/** Nobody watches, or too slowly: what is told of the services is old. */
	readonly isLate: boolean;
	/** Notifications that wait for their channel. */
	readonly notificationsWaiting: number;
	/** Times in which nobody watched, of the last day, the last first; ISO 8601. */
	readonly gaps: readonly { readonly from: string; readonly to: string }[];
	/** Times in which Holdfast itself reached nothing outside, of the last day, the last first; `to` null: it does not now. */
	readonly networkLosses: readonly { readonly from: string; readonly to: string | null; readonly reason: string }[];
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
	readonly objectives: readonly ObjectiveStatus[];
	readonly watcher: WatcherStatus;
}

/** Overdue by more than this nobody watches. */
const LATE_AFTER_MS = 30_000;
/** What ran longer ago says nothing of how late the watcher is. */
const RECENT_MS = 10 * 60_000;
const GAPS_OF_MS = 86_400_000;

/** What the database holds now. @throws OperationError `precondition` when its schema is not the one of this code */
export async function readStatus({ database }: RecordContext, input: { readonly service?: string | undefined } = {}): Promise<Status> {
	const { pool } = database;
	await requireSchema(pool);
	const now = await database.now();
	const service = input.service ?? null;
	const services = await pool.query<{
		name: string;
		url: string;
		monitors: Partial<ServiceStatus['monitors']> | null;
		inapplicable: number;
	}>(
		`select name, url, (select jsonb_object_agg(state, count) from
			(select state, count(*) from monitor where monitor.service = service.name and removed_at is null and applies group by state) as counted) as monitors,
			(select count(*)::int from monitor where monitor.service = service.name and removed_at is null and not applies) as inapplicable
		from service where removed_at is null and ($1::text is null or name = $1) order by name`,
		[service],
	);
	if (service !== null && services.rows.length === 0) throw new OperationError('not_found', `there is no service ${service}`);
	const notWell = await pool.query<{ service: string; key: string; title: string; state: string; since: Date; reason: string | null }>(
		`select service, key, title, state, state_since as since, last_reason as reason from monitor
		where removed_at is null and applies and state in ('fail', 'unknown', 'warn') and ($1::text is null or service = $1)
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
			percentile_disc(0.99) within group (order by late_ms) filter (where last_at > $1::timestamptz - $2::int * interval '1 millisecond') as late,
			coalesce(sum(missed), 0) as missed, max(last_at) as last_at,
			(select count(*)::int from notification where state = 'waiting') as waiting
		from (select *, claimed_until is null or claimed_until <= $1 as is_left from monitor where removed_at is null) as watched`,
		[new Date(now), RECENT_MS],
	);
	const row = watcher.rows[0];
	const oldestMs = Math.round(row?.oldest_ms ?? 0);
	return {
		at: new Date(now).toISOString(),
		services: services.rows.map(({ name, url, monitors, inapplicable }) => ({
			name,
			url,
			notApplicable: inapplicable,
			monitors: { ok: 0, warn: 0, fail: 0, unknown: 0, new: 0, ...monitors },
		})),
		notWell: notWell.rows.map((one) => ({ ...one, since: one.since.toISOString() })),
		incidents: await readIncidents(pool, { service, open: true, limit: 1000 }),
		objectives: (
			await listObjectives(
				pool,
				services.rows.map(({ name }) => name),
			)
		).map(showObjective),
		watcher: {
			overdue: row?.overdue ?? 0,
			oldestMs,
			lateP99Ms: row?.late ?? null,
			missed: Number(row?.missed ?? 0),
			lastAt: row?.last_at?.toISOString() ?? null,
			isLate: oldestMs > LATE_AFTER_MS,
			notificationsWaiting: row?.waiting ?? 0,
			gaps: (await listGaps(pool, now - GAPS_OF_MS)).map(({ from, to }) => ({
				from: new Date(from).toISOString(),
				to: new Date(to).toISOString(),
			})),
			networkLosses: (await listLosses(pool, now - GAPS_OF_MS)).map(({ from, to, reason }) => ({
				from: new Date(from).toISOString(),
				to: to === null ? null : new Date(to).toISOString(),
				reason,
			})),
		},
	};
}

const MINUTE = 60_000;

function showObjective({ service, name, title, line, target, windowMs, result, measuredAt }: ObjectiveRow): ObjectiveStatus {
	return {
		service,
		name,
		title,
		line,
		target,
		achieved: result?.achieved ?? null,
		state: result?.state ?? 'unknown',
		coverage: result?.coverage ?? 0,
		windowDays: windowMs / 86_400_000,
		budgetMinutes: (windowMs * (1 - target)) / MINUTE,
		budgetLeftMinutes: result === null ? null : result.leftMs / MINUTE,
		spentAt: result?.spentAt ?? null,
		burns: (result?.burns ?? []).map(({ longMs, shortMs, factor, long, short }) => ({
			longMinutes: longMs / MINUTE,
			shortMinutes: shortMs / MINUTE,
			alertsAt: factor,
			long,
			short,
		})),
		reason: result?.reason ?? 'not measured yet',
		measuredAt: measuredAt === null ? null : new Date(measuredAt).toISOString(),
	};
}
