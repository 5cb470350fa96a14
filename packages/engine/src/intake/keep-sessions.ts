/** Sessions by release and hour: each counts as what it is now, and moves when it becomes something else. */
import type pg from 'pg';
import type { SessionStatus, SessionUpdate } from '../ingest/sentry/trace.ts';
import { hourOf } from './hour-of.ts';
import type { Parcel } from './parcel.ts';

type Outcome = 'healthy' | 'errored' | 'abnormal' | 'crashed' | 'unhandled';
const OUTCOMES: readonly Outcome[] = ['healthy', 'errored', 'abnormal', 'crashed', 'unhandled'];

interface SessionRow {
	readonly service: string;
	readonly id: string;
	readonly release: string;
	readonly environment: string;
	readonly startedAt: number;
	readonly at: number;
	readonly status: SessionStatus;
	readonly errors: number;
}

interface HourSum {
	readonly service: string;
	readonly release: string;
	readonly environment: string;
	readonly at: number;
	readonly counts: Record<Outcome, number>;
}

/** What a session counts as. */
export function judgeSession({ status, errors }: Pick<SessionRow, 'status' | 'errors'>): Outcome {
	if (status === 'crashed' || status === 'abnormal' || status === 'unhandled') return status;
	return errors > 0 ? 'errored' : 'healthy';
}

/** A later update replaces an earlier one, but what ended stays ended. */
export function followSession(before: SessionRow | null, next: SessionRow): SessionRow {
	if (before === null) return next;
	const isOver = before.status === 'exited' || before.status === 'crashed' || before.status === 'abnormal';
	if (isOver || (next.at < before.at && next.status === 'ok')) return before;
	return {
		...next,
		release: before.release,
		environment: before.environment,
		startedAt: before.startedAt,
		errors: Math.max(before.errors, next.errors),
	};
}

export async function keepSessions(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	const sums = new Map<string, HourSum>();
	const count = (row: Pick<SessionRow, 'service' | 'release' | 'environment' | 'startedAt'>, outcome: Outcome, by: number): void => {
		const { service, release, environment, startedAt } = row;
		const at = hourOf(startedAt);
		const key = JSON.stringify([service, at, release, environment]);
		const sum = sums.get(key) ?? {
			service,
			release,
			environment,
			at,
			counts: { healthy: 0, errored: 0, abnormal: 0, crashed: 0, unhandled: 0 },
		};
		sum.counts[outcome] += by;
		sums.set(key, sum);
	};
	const updates: SessionRow[] = [];
	for (const { service, sessions, sessionCounts } of parcels) {
		for (const session of sessions) {
			const row = rowOf(service, session);
			if (row === null) count({ ...session, service }, judgeSession({ status: session.status, errors: session.errorCount }), 1);
			else updates.push(row);
		}
		for (const counted of sessionCounts) {
			count({ ...counted, service }, 'healthy', counted.healthyCount);
			count({ ...counted, service }, 'errored', counted.erroredCount);
			count({ ...counted, service }, 'abnormal', counted.abnormalCount);
			count({ ...counted, service }, 'crashed', counted.crashedCount);
			count({ ...counted, service }, 'unhandled', counted.unhandledCount);
		}
	}
	for (const { before, after } of await followAll(client, updates)) {
		if (before !== null) count(before, judgeSession(before), -1);
		count(after, judgeSession(after), 1);
	}
	await addSums(
		client,
		[...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum),
	);
}

function rowOf(service: string, session: SessionUpdate): SessionRow | null {
	const { id, release, environment, startedAt, at, status, errorCount } = session;
	return id === null ? null : { service, id, release, environment, startedAt, at, status, errors: errorCount };
}

async function followAll(
	client: pg.PoolClient,
	updates: readonly SessionRow[],
): Promise<readonly { readonly before: SessionRow | null; readonly after: SessionRow }[]> {
	if (updates.length === 0) return [];
	const keys = new Map(updates.map((row) => [`${row.service} ${row.id}`, row]));
	const wanted = [...keys.values()].toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
	// A row for each, so that there is something to lock also where another process makes the same.
	const { rows: made } = await client.query<{ service: string; id: string }>(
		`insert into app_session (service, id, release, environment, started_at, updated_at, status, errors)
		select service, id, release, environment, at, at, 'ok', 0 from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as s(service, id, release, environment, at)
		on conflict do nothing returning service, replace(id::text, '-', '') as id`,
		[
			wanted.map(({ service }) => service),
			wanted.map(({ id }) => id),
			wanted.map(({ release }) => release),
			wanted.map(({ environment }) => environment),
			wanted.map(({ startedAt }) => new Date(startedAt)),
		],
	);
	const fresh = new Set(made.map(({ service, id }) => `${service} ${id}`));
	const { rows } = await client.query<Omit<SessionRow, 'startedAt' | 'at'> & { started_at: Date; updated_at: Date }>(
		`select service, replace(id::text, '-', '') as id, release, environment, started_at, updated_at, status, errors from app_session
		where (service, id) in (select * from unnest($1::text[], $2::uuid[])) order by id for update`,
		[wanted.map(({ service }) => service), wanted.map(({ id }) => id)],
	);
	const changes = rows.map(({ started_at, updated_at, ...row }) => {
		const key = `${row.service} ${row.id}`;
		const before = fresh.has(key) ? null : { ...row, startedAt: started_at.getTime(), at: updated_at.getTime() };
		let after = before;
		for (const update of updates) if (`${update.service} ${update.id}` === key) after = followSession(after, update);
		return { before, after: after ?? { ...row, startedAt: started_at.getTime(), at: updated_at.getTime() } };
	});
	await client.query(
		`update app_session as s set started_at = u.started_at, updated_at = u.updated_at, status = u.status, errors = u.errors, release = u.release, environment = u.environment
		from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int[], $7::text[], $8::text[])
			as u(service, id, started_at, updated_at, status, errors, release, environment)
		where s.service = u.service and s.id = u.id`,
		[
			changes.map(({ after }) => after.service),
			changes.map(({ after }) => after.id),
			changes.map(({ after }) => new Date(after.startedAt)),
			changes.map(({ after }) => new Date(after.at)),
			changes.map(({ after }) => after.status),
			changes.map(({ after }) => after.errors),
			changes.map(({ after }) => after.release),
			changes.map(({ after }) => after.environment),
		],
	);
	return changes;
}

async function addSums(client: pg.PoolClient, all: readonly HourSum[]): Promise<void> {
	const sums = all.filter(({ counts }) => OUTCOMES.some((outcome) => counts[outcome] !== 0));
	if (sums.length === 0) return;
	await client.query(
		`insert into app_session_hour as h (service, release, environment, at, healthy, errored, abnormal, crashed, unhandled)
		select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
		on conflict (service, at, release, environment) do update set healthy = h.healthy + excluded.healthy, errored = h.errored + excluded.errored,
			abnormal = h.abnormal + excluded.abnormal, crashed = h.crashed + excluded.crashed, unhandled = h.unhandled + excluded.unhandled`,
		[
			sums.map(({ service }) => service),
			sums.map(({ release }) => release),
			sums.map(({ environment }) => environment),
			sums.map(({ at }) => new Date(at)),
			...OUTCOMES.map((outcome) => sums.map(({ counts }) => counts[outcome])),
		],
	);
}
