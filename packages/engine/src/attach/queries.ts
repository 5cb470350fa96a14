import type pg from 'pg';
import type { Severity } from '../monitors/defaults.ts';
import type { FailingMember, OpenIncident } from './decide.ts';
import type { StoredDiagnosis } from './diagnose-port.ts';

/** Of an incident that monitors joined since: not again before this. */
const AGAIN_AFTER_MS = 20_000;
/** Of one that stays as it is. */
const REFRESH_AFTER_MS = 10 * 60_000;

/**
 * One incident that a diagnosis is due for: none was made yet, monitors have joined since the last, or that is ten minutes old. Only while
 * something of it fails, and one of a service at a time. The claim is a lease.
 */
export async function claimIncident(
	client: pg.PoolClient,
	{ services, now, leaseMs }: { readonly services: readonly string[]; readonly now: number; readonly leaseMs: number },
): Promise<{ readonly id: number; readonly service: string } | null> {
	// One engine at a time: two that see no claim would make two diagnoses of one service.
	await client.query("select pg_advisory_xact_lock(hashtextextended('holdfast/diagnose', 0))");
	const { rows } = await client.query<{ id: string; service: string }>({
		name: 'claim-incident',
		text: `with due as (
			select id from incident
			where state in ('open', 'acknowledged') and service = any($2)
				and (diagnosis_tried_at is null
					or (joined_at > diagnosis_tried_at and diagnosis_tried_at < $1::timestamptz - $4::int * interval '1 millisecond')
					or diagnosis_tried_at < $1::timestamptz - $5::int * interval '1 millisecond'
					or diagnosis_tried_at > $1)
				and not exists (select from incident as other where other.service = incident.service and other.diagnosis_claimed_until > $1
					-- A lease that ends later than any engine would set it was set before the clock was set back.
					and other.diagnosis_claimed_until <= $1::timestamptz + 10 * $3::int * interval '1 millisecond')
				and exists (select from transition join monitor on monitor.id = transition.monitor_id
					where transition.incident_id = incident.id and monitor.state = 'fail' and monitor.removed_at is null)
			order by diagnosis_tried_at nulls first, id limit 1
			for no key update skip locked
		)
		update incident set diagnosis_claimed_until = $1::timestamptz + $3::int * interval '1 millisecond'
		from due where incident.id = due.id returning incident.id, service`,
		values: [new Date(now), services, leaseMs, AGAIN_AFTER_MS, REFRESH_AFTER_MS],
	});
	return rows[0] === undefined ? null : { id: Number(rows[0].id), service: rows[0].service };
}

/** It was looked at, with or without success. */
export async function releaseIncident(db: pg.Pool | pg.PoolClient, id: number, triedAt: number): Promise<void> {
	await db.query('update incident set diagnosis_claimed_until = null, diagnosis_tried_at = $2 where id = $1', [id, new Date(triedAt)]);
}

export async function listOpenIncidents(client: pg.PoolClient, service: string): Promise<readonly OpenIncident[]> {
	const { rows } = await client.query<{ id: string; cause_key: string; severity: Severity; explains: readonly string[] }>(
		"select id, cause_key, severity, explains from incident where service = $1 and state in ('open', 'acknowledged') order by opened_at, id",
		[service],
	);
	return rows.map(({ id, cause_key, severity, explains }) => ({ id: Number(id), causeKey: cause_key, severity, explains }));
}

export interface FailingQuestion extends FailingMember {
	readonly checkId: string;
	readonly params: Readonly<Record<string, string | number | boolean>>;
	readonly said: string;
}

/** Monitors of a service that fail, each with the open incident that it belongs to; those that are excused belong to none and are left out. */
export async function listFailingMembers(db: pg.Pool | pg.PoolClient, service: string): Promise<readonly FailingQuestion[]> {
	const { rows } = await db.query<{
		id: string;
		key: string;
		check_id: string;
		params: FailingQuestion['params'];
		title: string;
		severity: Severity;
		last_reason: string | null;
		incident: string;
	}>(
		`select monitor.id, key, check_id, params, monitor.title, monitor.severity, last_reason, belongs.id as incident from monitor
		cross join lateral (
			select incident.id from transition join incident on incident.id = transition.incident_id
			where transition.monitor_id = monitor.id and incident.state in ('open', 'acknowledged') order by transition.id desc limit 1
		) as belongs
		where service = $1 and monitor.state = 'fail' and removed_at is null order by monitor.id`,
		[service],
	);
	return rows.map(({ id, check_id, last_reason, incident, ...row }) => ({
		...row,
		id: Number(id),
		checkId: check_id,
		said: last_reason ?? 'it fails',
		incident: Number(incident),
	}));
}

export async function keepDiagnosis(
	client: pg.PoolClient,
	id: number,
	{ diagnosis, explains, now }: { readonly diagnosis: StoredDiagnosis; readonly explains: readonly string[]; readonly now: number },
): Promise<void> {
	await client.query('update incident set diagnosis = $2, explains = $3, diagnosed_at = $4 where id = $1', [
		id,
		JSON.stringify(diagnosis),
		explains,
		new Date(now),
	]);
}

/** Changes of these monitors belong to another incident from now on. */
export async function moveMembers(
	client: pg.PoolClient,
	{ from, into, monitors }: { readonly from: number; readonly into: number; readonly monitors: readonly number[] },
): Promise<void> {
	await client.query('update transition set incident_id = $2 where incident_id = $1 and monitor_id = any($3::bigint[])', [
		from,
		into,
		monitors,
	]);
}

/** @returns whether it was open until now */
export async function markMerged(
	client: pg.PoolClient,
	{ id, into, by, now }: { readonly id: number; readonly into: number; readonly by: string; readonly now: number },
): Promise<boolean> {
	const { rowCount } = await client.query(
		"update incident set state = 'merged', merged_into = $2, resolved_at = $3, resolved_by = $4 where id = $1 and state in ('open', 'acknowledged')",
		[id, into, new Date(now), by],
	);
	if (rowCount !== 1) return false;
	await client.query('update transition set incident_id = $2 where incident_id = $1', [id, into]);
	return true;
}
