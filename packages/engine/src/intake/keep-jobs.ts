/** Check-ins of jobs. A run is one by its id; one that ended stays ended. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { CheckIn } from '../ingest/sentry/trace.ts';
import type { Parcel } from './parcel.ts';

export async function keepJobs(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	const all = parcels.flatMap(({ service, checkIns }) => checkIns.map((checkIn) => ({ service, checkIn })));
	// In the order of their names, so that two processes do not wait for each other.
	for (const { service, checkIn } of all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b)))))
		await keep(client, service, checkIn);
}

const keyOf = ({ service, checkIn }: { readonly service: string; readonly checkIn: CheckIn }): string =>
	JSON.stringify([service, checkIn.monitor]);

async function keep(client: pg.PoolClient, service: string, checkIn: CheckIn): Promise<void> {
	const { monitor, status, at, durationMs, release, environment, plan } = checkIn;
	await client.query(
		`insert into job (service, name, plan, last_at, last_status) values ($1, $2, $3, $4, $5)
		on conflict (service, name) do update set plan = coalesce(excluded.plan, job.plan), last_at = greatest(job.last_at, excluded.last_at),
			last_status = case when excluded.last_at >= job.last_at then excluded.last_status else job.last_status end`,
		[service, monitor, plan === null ? null : JSON.stringify(plan), new Date(at), status],
	);
	await client.query(
		`insert into job_run as r (service, id, job, status, started_at, updated_at, duration_ms, release, environment)
		values ($1, $2, $3, $4, $5, $5, $6, $7, $8)
		on conflict (service, id) do update set status = excluded.status, updated_at = excluded.updated_at,
			duration_ms = coalesce(excluded.duration_ms, extract(epoch from excluded.updated_at - r.started_at) * 1000)
		where r.status = 'in_progress'`,
		[service, checkIn.id ?? (await findId(client, service, checkIn)), monitor, status, new Date(at), durationMs, release, environment],
	);
}

/** Without an id the latest that is in progress is meant; where there is none, it is a run of its own. */
async function findId(client: pg.PoolClient, service: string, { monitor, status, at }: CheckIn): Promise<string> {
	const { rows } = await client.query<{ id: string }>(
		"select id from job_run where service = $1 and job = $2 and status = 'in_progress' order by started_at desc limit 1",
		[service, monitor],
	);
	const own = createHash('sha256')
		.update(JSON.stringify([service, monitor, status, at]))
		.digest('hex')
		.slice(0, 32);
	return rows[0]?.id ?? own;
}
