/** Error groups as people see them. */
import type pg from 'pg';
import type { Breadcrumb, ErrorCause, ErrorEvent } from '../ingest/sentry/event.ts';
import type { Database } from '../storage/open-database.ts';

export type ErrorState = 'open' | 'resolved' | 'ignored';

export interface ErrorGroup {
	readonly id: number;
	readonly service: string;
	/** `TypeError: Cannot read properties of undefined` */
	readonly title: string;
	readonly culprit: string | null;
	readonly level: string;
	readonly state: ErrorState;
	/** ISO 8601. */
	readonly stateAt: string;
	/** Events: all of them, and those since the moment that was asked for. */
	readonly count: number;
	readonly recentCount: number;
	readonly users: number;
	readonly firstAt: string;
	readonly lastAt: string;
	readonly firstRelease: string | null;
	readonly lastRelease: string | null;
	/** How often it came back after it was resolved. */
	readonly regressions: number;
}

export interface ErrorRecord {
	readonly group: ErrorGroup;
	/** What made its events one: readable. */
	readonly groupedBy: string;
	readonly parts: readonly string[];
	/** The newest event that is kept whole; null: none is any more. */
	readonly event: ErrorEvent | null;
	/** Of the last 14 days, oldest first. */
	readonly perDay: readonly number[];
	/** Newest first. */
	readonly releases: readonly { readonly release: string | null; readonly count: number }[];
	/** Oldest first. */
	readonly changes: readonly {
		readonly at: string;
		readonly from: string;
		readonly to: string;
		readonly actor: string;
		readonly reason: string;
	}[];
}

export type { Breadcrumb, ErrorCause, ErrorEvent };

interface Row {
	readonly id: string;
	readonly service: string;
	readonly title: string;
	readonly culprit: string | null;
	readonly level: string;
	readonly state: ErrorState;
	readonly state_at: Date;
	readonly events: string;
	readonly recent: string | null;
	readonly users: string;
	readonly first_at: Date;
	readonly last_at: Date;
	readonly first_release: string | null;
	readonly last_release: string | null;
	readonly regressions: number;
}

const COLUMNS =
	'g.id, g.service, g.title, g.culprit, g.level, g.state, g.state_at, g.events, g.users, g.first_at, g.last_at, g.first_release, g.last_release, g.regressions';
const RECENT =
	"(select sum(h.events) from error_group_hour h where h.group_id = g.id and h.at >= date_trunc('hour', $1::timestamptz)) as recent";

export interface ErrorQuery {
	readonly service: string | null;
	readonly since: number;
	readonly state: ErrorState | null;
	/** Groups that were seen in it. */
	readonly release: string | null;
	readonly limit: number;
}

/** Those seen since then, the one with most events in that time first. */
export async function readErrorGroups(db: pg.Pool | pg.PoolClient, query: ErrorQuery): Promise<readonly ErrorGroup[]> {
	const { rows } = await db.query<Row>(
		`select ${COLUMNS}, ${RECENT} from error_group g
		where g.last_at >= $1 and ($2::text is null or g.service = $2) and ($3::text is null or g.state = $3)
			and ($4::text is null or g.first_release = $4 or g.last_release = $4 or exists (select 1 from error_event e where e.group_id = g.id and e.release = $4))
		order by recent desc nulls last, g.last_at desc, g.id limit $5`,
		[new Date(query.since), query.service, query.state, query.release, query.limit],
	);
	return rows.map(toGroup);
}

export async function readErrorGroup(db: pg.Pool | pg.PoolClient, id: number, service: string | null): Promise<ErrorGroup | null> {
	const { rows } = await db.query<Row>(
		`select ${COLUMNS}, ${RECENT} from error_group g where g.id = $2 and ($3::text is null or g.service = $3)`,
		[new Date(0), id, service],
	);
	return rows[0] === undefined ? null : toGroup(rows[0]);
}

const DAYS = 14;
const DAY = 86_400_000;

export async function readErrorRecord(database: Database, group: ErrorGroup): Promise<ErrorRecord> {
	const { pool } = database;
	const today = Math.floor((await database.now()) / DAY) * DAY;
	const [about, event, days, releases, changes] = await Promise.all([
		pool.query<{ grouped_by: string; parts: readonly string[] }>('select grouped_by, parts from error_group where id = $1', [group.id]),
		pool.query<{ body: ErrorEvent }>('select body from error_event where group_id = $1 and body is not null order by at desc limit 1', [
			group.id,
		]),
		pool.query<{ day: number; events: string }>(
			`select floor(extract(epoch from at) / 86400)::int as day, sum(events) as events from error_group_hour where group_id = $1 and at >= $2 group by 1`,
			[group.id, new Date(today - (DAYS - 1) * DAY)],
		),
		pool.query<{ release: string | null; count: number }>(
			'select release, count(*)::int as count from error_event where group_id = $1 group by release order by max(at) desc limit 20',
			[group.id],
		),
		pool.query<{ at: Date; from_state: string; to_state: string; actor: string; reason: string }>(
			'select at, from_state, to_state, actor, reason from error_group_change where group_id = $1 order by id',
			[group.id],
		),
	]);
	const byDay = new Map(days.rows.map(({ day, events }) => [day, Number(events)]));
	return {
		group,
		groupedBy: about.rows[0]?.grouped_by ?? 'nothing',
		parts: about.rows[0]?.parts ?? [],
		event: event.rows[0]?.body ?? null,
		perDay: Array.from({ length: DAYS }, (_, index) => byDay.get(today / DAY - (DAYS - 1) + index) ?? 0),
		releases: releases.rows,
		changes: changes.rows.map(({ at, from_state: from, to_state: to, actor, reason }) => ({
			at: at.toISOString(),
			from,
			to,
			actor,
			reason,
		})),
	};
}

function toGroup(row: Row): ErrorGroup {
	return {
		id: Number(row.id),
		service: row.service,
		title: row.title,
		culprit: row.culprit,
		level: row.level,
		state: row.state,
		stateAt: row.state_at.toISOString(),
		count: Number(row.events),
		recentCount: Number(row.recent ?? 0),
		users: Number(row.users),
		firstAt: row.first_at.toISOString(),
		lastAt: row.last_at.toISOString(),
		firstRelease: row.first_release,
		lastRelease: row.last_release,
		regressions: row.regressions,
	};
}
