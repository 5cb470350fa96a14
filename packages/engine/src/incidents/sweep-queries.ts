import { ENGINE_ACTOR } from '../audit/record.ts';
import type { Severity } from '../monitors/defaults.ts';
import { AFTERMATH_MS } from './decide.ts';
import { checksOfThePast } from './of-the-past.ts';
import type { Queryable } from './read.ts';

export interface LeftFailing {
	readonly id: number;
	readonly service: string;
	readonly key: string;
	readonly checkId: string;
	readonly params: Readonly<Record<string, unknown>>;
	readonly title: string;
	readonly severity: Severity;
	readonly said: string;
	/** What its last change was not acted on for, in words. */
	readonly excuse: string;
}

const EXCUSES: Readonly<Record<string, string>> = {
	maintenance: 'a maintenance window',
	flapping: 'its flapping',
	echo: 'what it stands on',
	aftermath: 'the incident before it',
};

/**
 * Monitors that fail, whose last change was excused and belongs to no incident; and those that speak of the past, long after the incident that
 * they belong to. @param service null: of all
 */
export async function listLeftFailing(db: Queryable, service: string | null, now: number): Promise<readonly LeftFailing[]> {
	const { rows } = await db.query<{
		id: string;
		service: string;
		key: string;
		check_id: string;
		params: LeftFailing['params'];
		title: string;
		severity: Severity;
		last_reason: string | null;
		consequence: string;
	}>(
		`select monitor.id, monitor.service, key, check_id, params, monitor.title, monitor.severity, last_reason, last.consequence from monitor
		cross join lateral (
			select case when incident.resolved_at is not null then 'aftermath' else consequence end as consequence, incident.state as incident_state,
				coalesce(incident.resolved_at, transition.at) as since
			from transition left join incident on incident.id = transition.incident_id where monitor_id = monitor.id order by transition.id desc limit 1
		) as last
		where monitor.state = 'fail' and removed_at is null and ($1::text is null or monitor.service = $1)
			and ((last.incident_state is null and last.consequence in ('maintenance', 'flapping', 'echo'))
				or (last.consequence = 'aftermath' and check_id = any($2::text[]) and last.since < $3))
		order by monitor.id`,
		[service, checksOfThePast, new Date(now - AFTERMATH_MS)],
	);
	return rows.map((row) => ({
		id: Number(row.id),
		service: row.service,
		key: row.key,
		checkId: row.check_id,
		params: row.params,
		title: row.title,
		severity: row.severity,
		said: row.last_reason ?? 'it fails',
		excuse: EXCUSES[row.consequence] ?? row.consequence,
	}));
}

export interface LeftOpen {
	readonly id: number;
	readonly service: string;
	readonly members: readonly number[];
	/** Some of them are asked no more: how they are is not known. */
	readonly isUnwatched: boolean;
}

/** Open incidents that monitors belong to, all of which are well or watched no more. A person's incident has none and stays open. */
export async function listLeftOpen(db: Queryable, service: string | null): Promise<readonly LeftOpen[]> {
	const { rows } = await db.query<{ id: string; service: string; members: readonly string[]; unwatched: boolean }>(
		`select incident.id, incident.service, array_agg(distinct monitor.id) as members,
			bool_or(monitor.removed_at is not null and monitor.state not in ('ok', 'warn')) as unwatched
		from incident join transition on transition.incident_id = incident.id join monitor on monitor.id = transition.monitor_id
		where incident.state in ('open', 'acknowledged') and ($1::text is null or incident.service = $1) and cause_key not like 'person %'
			-- What a person opened again stays open until a monitor of it changes.
			and not exists (select from incident_entry as said where said.incident_id = incident.id and said.kind = 'reopened' and said.actor <> $3
				and said.at > (select max(at) from transition as change where change.incident_id = incident.id))
		group by incident.id
		having bool_and(monitor.removed_at is not null or monitor.state in ('ok', 'warn') or monitor.check_id = any($2::text[]))
			and not (bool_and(monitor.check_id = any($2::text[])) and bool_or(monitor.removed_at is null and monitor.state not in ('ok', 'warn')))
		order by incident.id`,
		[service, checksOfThePast, ENGINE_ACTOR],
	);
	return rows.map(({ id, service: name, members, unwatched }) => ({
		id: Number(id),
		service: name,
		members: members.map(Number),
		isUnwatched: unwatched,
	}));
}
