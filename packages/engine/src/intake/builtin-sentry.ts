/** What Sentry's API would answer, from what Holdfast itself keeps. */
import type { SentryErrors, SentryIssue, SentryPerformance, SentryTransaction, VendorVerdict } from '@holdfast/checks/vendors';
import { decode, emptyHistogram, type Histogram, merge, percentile } from '../storage/histogram.ts';
import type { Database } from '../storage/open-database.ts';
import { groupBy } from './group-by.ts';
import { TRANSACTION_SLOT_MS } from './rollups/keep-measured.ts';

const MOST_ISSUES = 100;
const MOST_TRANSACTIONS = 50;
const HOUR = 3_600_000;
/** Page for people: there is none yet, so the command. */
const PLACE = 'holdfast errors';

interface IssueRow {
	readonly id: string;
	readonly title: string;
	readonly culprit: string | null;
	readonly level: string;
	readonly count: string;
	readonly users: string;
	readonly first_at: Date;
	readonly last_at: Date;
}

/** Silence is no good news: an application that never sent anything may have no DSN. */
export async function hasEverSent(database: Database, service: string): Promise<boolean> {
	const { rows } = await database.pool.query<{ sent: boolean }>(
		`select exists (select 1 from error_group where service = $1) or exists (select 1 from sent_rollup where service = $1)
			or exists (select 1 from app_session_hour where service = $1) as sent`,
		[service],
	);
	return rows[0]?.sent ?? false;
}

export const NEVER_SENT: VendorVerdict<never> = {
	kind: 'no-answer',
	code: 'not-configured',
	reason: 'The application has never reported anything to Holdfast',
	enable: 'give its Sentry SDK the DSN of the service (`ingest: {project, keys}` in holdfast.yaml) and send one event',
};

/** Unresolved groups seen in the window. Up to a day events are counted by themselves, further back by the hour. */
export async function readBuiltinErrors(database: Database, service: string, windowMinutes: number): Promise<SentryErrors> {
	const now = await database.now();
	const since = new Date(now - windowMinutes * 60_000);
	const counted =
		windowMinutes <= 1440
			? 'select group_id, count(*) as count from error_event where service = $1 and at >= $2 group by group_id'
			: `select group_id, sum(h.events) as count from error_group_hour h join error_group o on o.id = h.group_id
				where o.service = $1 and h.at >= date_trunc('hour', $2::timestamptz) group by group_id`;
	const { rows } = await database.pool.query<IssueRow>(
		`select g.id, g.title, g.culprit, g.level, c.count, g.users, g.first_at, g.last_at
		from (${counted}) as c join error_group g on g.id = c.group_id
		where g.state = 'open' order by c.count desc, g.id limit ${MOST_ISSUES}`,
		[service, since],
	);
	const hours = await database.pool.query<{ hour: number; count: string }>(
		`select floor(extract(epoch from h.at) / 3600)::int as hour, sum(h.events) as count from error_group_hour h join error_group g on g.id = h.group_id
		where g.service = $1 and h.at >= date_trunc('hour', $2::timestamptz) group by 1`,
		[service, since],
	);
	const byHour = new Map(hours.rows.map(({ hour, count }) => [hour, Number(count)]));
	const first = Math.floor(since.getTime() / HOUR);
	const issues = rows.map(toIssue);
	return {
		issues,
		newCount: issues.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) >= since.getTime()).length,
		perHour: Array.from({ length: Math.floor(now / HOUR) - first + 1 }, (_, index) => byHour.get(first + index) ?? 0),
		url: PLACE,
	};
}

/** Slots of five minutes that begin in the window, or hold its beginning. */
export async function readBuiltinPerformance(database: Database, service: string, windowMinutes: number): Promise<SentryPerformance> {
	const since = (await database.now()) - windowMinutes * 60_000;
	const { rows } = await database.pool.query<{ name: string; count: string; failed: string; durations: Buffer }>(
		"select name, count, failed, durations from sent_rollup where service = $1 and kind = 't' and at >= $2",
		[service, new Date(Math.floor(since / TRANSACTION_SLOT_MS) * TRANSACTION_SLOT_MS)],
	);
	const transactions = [...groupBy(rows, ({ name }) => name)].map(([name, slots]): SentryTransaction => {
		const count = slots.reduce((sum, slot) => sum + Number(slot.count), 0);
		const failed = slots.reduce((sum, slot) => sum + Number(slot.failed), 0);
		const durations = slots.reduce<Histogram>((sum, slot) => merge(sum, decode(slot.durations)), emptyHistogram);
		return {
			name,
			count,
			p75Ms: percentile(durations, 0.75),
			p95Ms: percentile(durations, 0.95),
			failureRate: count === 0 ? null : failed / count,
		};
	});
	const sessions = await database.pool.query<{ all: string | null; crashed: string | null }>(
		`select sum(healthy + errored + abnormal + crashed + unhandled) as all, sum(crashed) as crashed from app_session_hour
		where service = $1 and at >= date_trunc('hour', $2::timestamptz)`,
		[service, new Date(since)],
	);
	const all = Number(sessions.rows[0]?.all ?? 0);
	return {
		transactions: transactions.toSorted((a, b) => b.count - a.count).slice(0, MOST_TRANSACTIONS),
		crashFree: all === 0 ? null : 1 - Number(sessions.rows[0]?.crashed ?? 0) / all,
		url: PLACE,
	};
}

/** Groups that were seen first in a release. */
export async function readBuiltinNewIssues(database: Database, service: string, release: string): Promise<readonly SentryIssue[]> {
	const { rows } = await database.pool.query<IssueRow>(
		`select id, title, culprit, level, events as count, users, first_at, last_at from error_group
		where service = $1 and first_release = $2 and state = 'open' order by events desc, id limit ${MOST_ISSUES}`,
		[service, release],
	);
	return rows.map(toIssue);
}

function toIssue({ id, title, culprit, level, count, users, first_at, last_at }: IssueRow): SentryIssue {
	return {
		id,
		title,
		culprit,
		level,
		count: Number(count),
		users: Number(users),
		firstSeenAt: first_at.toISOString(),
		lastSeenAt: last_at.toISOString(),
		url: `${PLACE} show ${id}`,
	};
}
