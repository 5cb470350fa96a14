import type { CheckRequest } from '@holdfast/checks/contract';
import type pg from 'pg';
import type { OtherIncident, Placed } from '../incidents/decide-cause.ts';
import type { Severity } from '../monitors/defaults.ts';
import type { MonitorState } from '../transition/decide.ts';
import { type AttachedDiagnosis, type ConfirmedCause, writeCause, writeDiagnosis } from './attached-diagnosis.ts';
import type { Diagnosable } from './decide.ts';

export interface Candidate extends Diagnosable {
	readonly id: number;
	readonly service: string;
}

/** Open incidents of which a monitor fails and nobody makes a diagnosis at this moment; none of a service that one is being made of. */
export async function listCandidates(pool: pg.Pool, services: readonly string[], now: number): Promise<readonly Candidate[]> {
	const { rows } = await pool.query<{
		id: string;
		service: string;
		severity: Severity;
		diagnosis_at: Date | null;
		diagnosis_tried_at: Date | null;
		diagnosed_severity: Severity | null;
		last_failure_at: Date;
	}>({
		name: 'list-diagnosable',
		text: `select id, service, severity, diagnosis_at, diagnosis_tried_at, diagnosed_severity, failing.last_failure_at
		from incident cross join lateral (
			select max(transition.at) as last_failure_at from transition join monitor on monitor.id = transition.monitor_id
			where transition.incident_id = incident.id and to_state = 'fail' and monitor.state = 'fail' and monitor.removed_at is null
				and incident_of_monitor(monitor.id) = incident.id
		) as failing
		where incident.state in ('open', 'acknowledged') and service = any($1::text[]) and last_failure_at is not null
			and not exists (select from incident as other where other.service = incident.service and other.diagnosis_claimed_until > $2
				and other.diagnosis_claimed_until <= $2::timestamptz + interval '10 minutes')
		order by diagnosis_tried_at nulls first, array_position(array['critical', 'major', 'minor', 'info'], severity), id limit 100`,
		values: [services, new Date(now)],
	});
	return rows.map((row) => ({
		id: Number(row.id),
		service: row.service,
		severity: row.severity,
		diagnosedAt: row.diagnosis_at?.getTime() ?? null,
		triedAt: row.diagnosis_tried_at?.getTime() ?? null,
		triedSeverity: row.diagnosed_severity,
		lastFailureAt: row.last_failure_at.getTime(),
	}));
}

/** @returns false when another engine was faster */
export async function claimDiagnosis(
	client: pg.PoolClient,
	{ id, service, engine, now, leaseMs }: { id: number; service: string; engine: string; now: number; leaseMs: number },
): Promise<boolean> {
	const { rowCount } = await client.query(
		`update incident set diagnosis_claimed_by = $3, diagnosis_claimed_until = $4
		where id = $1 and state in ('open', 'acknowledged')
			and not exists (select from incident as other where other.service = $2 and other.diagnosis_claimed_until > $5
				and other.diagnosis_claimed_until <= $5::timestamptz + interval '10 minutes')`,
		[id, service, engine, new Date(now + leaseMs), new Date(now)],
	);
	return rowCount === 1;
}

/** Questions of its monitors that fail. */
export async function listFailingRequests(pool: pg.Pool, incident: number): Promise<readonly CheckRequest[]> {
	const { rows } = await pool.query<{ check_id: string; params: CheckRequest['params'] }>(
		`select check_id, params from monitor
		where state = 'fail' and removed_at is null and id in (select monitor_id from transition where incident_id = $1)
			and incident_of_monitor(id) = $1 order by id`,
		[incident],
	);
	return rows.map(({ check_id: id, params }) => ({ id, params }));
}

interface PlacedRow {
	readonly id: string;
	readonly key: string;
	readonly state: MonitorState;
}

/** Its monitors, in the order in which they came. */
export async function listPlaced(client: pg.PoolClient, incident: number): Promise<readonly Placed[]> {
	const { rows } = await client.query<PlacedRow>(
		`select monitor.id, key, state from monitor
		join (select monitor_id, min(id) as first from transition where incident_id = $1 group by monitor_id) as came on came.monitor_id = monitor.id
		where removed_at is null and incident_of_monitor(monitor.id) = $1 order by came.first`,
		[incident],
	);
	return rows.map(({ id, key, state }) => ({ id: Number(id), key, state }));
}

/** Other open incidents of the service that monitors opened. */
export async function listOthers(client: pg.PoolClient, service: string, except: number): Promise<readonly OtherIncident[]> {
	const { rows } = await client.query<{ id: string; cause_key: string; opened_at: Date }>(
		`select id, cause_key, opened_at from incident where service = $1 and id <> $2 and state in ('open', 'acknowledged')
			and cause_key not like 'person %' and cause_key not like 'objective:%' order by opened_at, id`,
		[service, except],
	);
	const others: OtherIncident[] = [];
	for (const row of rows) {
		const id = Number(row.id);
		others.push({ id, causeKey: row.cause_key, openedAt: row.opened_at.getTime(), members: await listPlaced(client, id) });
	}
	return others;
}

/** Changes of these monitors that belonged to one incident belong to another. */
export async function moveMembers(
	client: pg.PoolClient,
	{ from, into, members }: { from: number; into: number; members: readonly number[] },
): Promise<void> {
	await client.query('update transition set incident_id = $2 where incident_id = $1 and monitor_id = any($3::bigint[])', [
		from,
		into,
		members,
	]);
}

/** The worst of these monitors. */
export async function readWorst(client: pg.PoolClient, members: readonly number[]): Promise<Severity> {
	const { rows } = await client.query<{ severity: Severity }>(
		"select severity from monitor where id = any($1::bigint[]) order by array_position(array['critical', 'major', 'minor', 'info'], severity) limit 1",
		[members],
	);
	return rows[0]?.severity ?? 'minor';
}

export interface DiagnosisRow {
	readonly diagnosis: AttachedDiagnosis;
	/** Null: it confirmed nothing about this incident. */
	readonly cause: ConfirmedCause | null;
}

/** @param row null: it could not be made; what is there from before stays. */
export async function writeOutcome(
	client: pg.PoolClient,
	id: number,
	{ row, now }: { row: DiagnosisRow | null; now: number },
): Promise<void> {
	await client.query(
		`update incident set diagnosis = coalesce($2::jsonb, diagnosis),
			confirmed_cause = case when $2::jsonb is null then confirmed_cause else $3::jsonb end,
			diagnosis_at = $4, diagnosis_tried_at = $4, diagnosed_severity = severity, diagnosis_claimed_by = null, diagnosis_claimed_until = null
		where id = $1`,
		[
			id,
			row === null ? null : writeDiagnosis(row.diagnosis),
			row === null || row.cause === null ? null : writeCause(row.cause),
			new Date(now),
		],
	);
}
