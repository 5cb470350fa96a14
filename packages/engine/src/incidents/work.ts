/**
 * Draws the consequence of a change of state, in the transaction that writes the change. Guarantees: at most one open incident for a
 * service and a cause, whatever engines see at once; an incident ends only when each of its monitors is well or watched no more.
 */
import type { Observation } from '@holdfast/checks/contract';
import { leadsTo } from '@holdfast/checks/diagnosis';
import type pg from 'pg';
import type { ConfirmedCause } from '../attach/attached-diagnosis.ts';
import { type AuditEntry, ENGINE_ACTOR } from '../audit/record.ts';
import type { Severity } from '../monitors/defaults.ts';
import { dependentsOf } from '../observe/needs.ts';
import type { Decision, MonitorState } from '../transition/decide.ts';
import { decideFailure, decideRecovery, type Failure, type Nearby, titleOf } from './decide.ts';
import {
	addEntry,
	type EntryKind,
	findEnded,
	findExplained,
	findOpen,
	findOpenOfMember,
	insertIncident,
	listMembers,
	listOpenCauses,
	raiseSeverity,
	reopenIncident,
	resolveIncident,
	setCause,
} from './queries.ts';

export interface Occurrence {
	readonly monitorId: number;
	readonly service: string;
	readonly key: string;
	readonly title: string;
	readonly severity: Severity;
	readonly from: MonitorState;
	readonly to: MonitorState;
	readonly consequence: Decision['consequence'];
	readonly reason: string;
	/** What the check itself said. */
	readonly said: string;
	/** The prerequisite that failed in the same run; null: it stands for itself. */
	readonly cause: { readonly key: string; readonly title: string } | null;
	/** The failing monitor whose echo it is. */
	readonly upstreamId: number | null;
	/** The failing answer, to compare with causes that are known; absent: only the question is compared. */
	readonly answer?: Observation | null;
	/** Its interval, where a diagnosis will part what does not belong together; absent: nothing is joined on suspicion. */
	readonly joinsWithinMs?: number;
}

export type Effect = 'opened' | 'joined' | 'raised' | 'reopened' | 'recovered' | 'resolved';

export interface Drawn {
	readonly incidentId: number | null;
	readonly effect: Effect | null;
	/** To be written once the transition has its number. */
	readonly entry: { readonly kind: EntryKind; readonly text: string } | null;
	readonly audit: readonly AuditEntry[];
}

const NOTHING: Drawn = { incidentId: null, effect: null, entry: null, audit: [] };

/** The caller holds the incidents of the service, has written the monitor's new state, and writes the transition and the entry. */
export async function drawConsequence(client: pg.PoolClient, occurrence: Occurrence, now: number): Promise<Drawn> {
	const { consequence, to, from } = occurrence;
	if (consequence === 'echo') return await linkEcho(client, occurrence);
	if (consequence === 'act' && to === 'fail') return await fail(client, occurrence, now);
	if (from === 'fail') return await recover(client, occurrence, now);
	return NOTHING;
}

async function fail(client: pg.PoolClient, occurrence: Occurrence, now: number): Promise<Drawn> {
	const { service, severity, said } = occurrence;
	const cause = occurrence.cause ?? { key: occurrence.key, title: occurrence.title };
	const failure: Failure = { title: occurrence.title, severity, reason: occurrence.reason };
	const check = cause.key.split(' ')[0] ?? '';
	// Whoever belongs to an open incident stays there: a monitor is in one at a time.
	const open = (await findOpenOfMember(client, occurrence.monitorId)) ?? (await findOpen(client, service, cause.key));
	const explained = open === null ? await findExplained(client, service, dependentsOf(check)) : null;
	const nearby = open === null && explained === null ? await lookAround(client, occurrence, now) : {};
	const ended =
		open === null && explained === null ? await findEnded(client, { service, causeKey: cause.key, monitorId: occurrence.monitorId }) : null;
	const move = decideFailure(failure, { open, explained, ended, ...nearby }, now);
	const title = titleOf(cause.title, said);
	const text = `${occurrence.title}: ${move.reason}`;
	switch (move.kind) {
		case 'open': {
			const id = await insertIncident(client, { service, title, severity, causeKey: cause.key, now });
			if (id !== null) return drawn(id, 'opened', { kind: 'opened', text }, 'incident.open', { cause: cause.key, severity });
			// Somebody else opened it between: it is there now.
			const there = await findOpen(client, service, cause.key);
			if (there === null) throw new Error(`expected an open incident of ${service} about ${cause.key}`);
			return drawn(there.id, 'joined', { kind: 'transition', text }, null);
		}
		case 'join': {
			if (move.isItsCause) await setCause(client, move.incident, { key: cause.key, title });
			if (move.raiseTo !== null) await raiseSeverity(client, move.incident, move.raiseTo);
			return drawn(move.incident, move.raiseTo === null ? 'joined' : 'raised', { kind: 'transition', text }, 'incident.join', {
				cause: cause.key,
				raisedTo: move.raiseTo,
			});
		}
		case 'reopen': {
			await reopenIncident(client, move.incident);
			if (move.raiseTo !== null) await raiseSeverity(client, move.incident, move.raiseTo);
			return drawn(move.incident, 'reopened', { kind: 'reopened', text }, 'incident.reopen', { cause: cause.key });
		}
	}
}

/** Open incidents of another cause that this failure may belong to. */
async function lookAround(
	client: pg.PoolClient,
	{ service, key, answer, joinsWithinMs }: Occurrence,
	now: number,
): Promise<Pick<Nearby, 'explaining' | 'undiagnosed'>> {
	const open = await listOpenCauses(client, service);
	const explains = (cause: ConfirmedCause): boolean =>
		cause.keys.includes(key) ||
		(answer !== undefined && answer !== null && cause.observation !== null && leadsTo(answer, cause.observation));
	const explaining = open.find(({ cause }) => cause !== null && explains(cause));
	const within = joinsWithinMs ?? -1;
	const undiagnosed = open.find(({ diagnosedAt, beganAt }) => diagnosedAt === null && now - beganAt <= within);
	return {
		explaining: explaining === undefined ? null : { ...explaining, cause: explaining.cause?.message ?? '' },
		undiagnosed: undiagnosed === undefined ? null : { ...undiagnosed, ageMs: now - undiagnosed.beganAt },
	};
}

/** It belongs to the incident of what it stands on, so that this one does not end before the echo has. */
async function linkEcho(client: pg.PoolClient, { upstreamId, title, reason }: Occurrence): Promise<Drawn> {
	const incident = upstreamId === null ? null : await findOpenOfMember(client, upstreamId);
	if (incident === null) return NOTHING;
	return { incidentId: incident.id, effect: null, entry: { kind: 'transition', text: `${title}: ${reason}` }, audit: [] };
}

/** Also to unknown: it belongs to the incident's story, and does not end it. In a maintenance window or flapping, the sweep ends it later. */
async function recover(client: pg.PoolClient, occurrence: Occurrence, now: number): Promise<Drawn> {
	const { monitorId, to, consequence, reason, title } = occurrence;
	const incident = await findOpenOfMember(client, monitorId);
	if (incident === null) return NOTHING;
	const text = `${title}: ${reason}`;
	const isWell = to === 'ok' || to === 'warn';
	if (!isWell || consequence !== 'act') return { incidentId: incident.id, effect: null, entry: { kind: 'transition', text }, audit: [] };
	const move = decideRecovery(await listMembers(client, incident.id), reason);
	if (move.kind === 'wait') return drawn(incident.id, 'recovered', { kind: 'transition', text: `${title}: ${move.reason}` }, null);
	await resolveIncident(client, incident.id, ENGINE_ACTOR, now);
	return drawn(incident.id, 'resolved', { kind: 'resolved', text }, 'incident.resolve');
}

function drawn(
	incidentId: number,
	effect: Effect,
	entry: NonNullable<Drawn['entry']>,
	operation: string | null,
	detail: Readonly<Record<string, unknown>> = {},
): Drawn {
	const audit = operation === null ? [] : [{ actor: ENGINE_ACTOR, operation, subject: `incident/${incidentId}`, detail }];
	return { incidentId, effect, entry, audit };
}

/** Writes the entry of a drawn consequence. */
export async function writeEntry(
	client: pg.PoolClient,
	{ incidentId, entry }: Drawn,
	about: { now: number; transition: number; monitor: number },
): Promise<void> {
	if (incidentId === null || entry === null) return;
	const { now, transition, monitor } = about;
	await addEntry(client, now, { incidentId, kind: entry.kind, actor: ENGINE_ACTOR, text: entry.text, detail: { transition, monitor } });
}
