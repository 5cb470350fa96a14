/**
 * Draws the consequence of a change of state, in the transaction that writes the change. Guarantees: at most one open incident for a
 * service and a cause, whatever engines see at once; an incident ends only when each of its monitors is well or watched no more.
 */
import type { Observation } from '@holdfast/checks/contract';
import { leadsTo } from '@holdfast/checks/diagnosis';
import type pg from 'pg';
import { type AuditEntry, ENGINE_ACTOR } from '../audit/record.ts';
import type { Severity } from '../monitors/defaults.ts';
import { dependentsOf } from '../observe/needs.ts';
import type { Decision, MonitorState } from '../transition/decide.ts';
import { AFTERMATH_MS, decideFailure, decideRecovery, type Failure, type KnownIncident, TOGETHER_WITHIN_MS, titleOf } from './decide.ts';
import { speaksOfThePast } from './of-the-past.ts';
import {
	addEntry,
	type EntryKind,
	findEnded,
	findExplained,
	findLatest,
	findOpen,
	findOpenOfMember,
	insertIncident,
	listMembers,
	listOpenCauses,
	noteJoined,
	raiseSeverity,
	reopenIncident,
	resolveIncident,
	setCause,
} from './queries.ts';

export interface Occurrence {
	readonly monitorId: number;
	readonly service: string;
	readonly key: string;
	readonly checkId: string;
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
	/** The failing answer, to be compared with causes that are known; null: only its question is. */
	readonly answer: Observation | null;
}

export type Effect = 'opened' | 'joined' | 'raised' | 'reopened' | 'recovered' | 'resolved';

export interface Drawn {
	readonly incidentId: number | null;
	readonly effect: Effect | null;
	/** To be written once the transition has its number. */
	readonly entry: { readonly kind: EntryKind; readonly text: string } | null;
	readonly audit: readonly AuditEntry[];
	/** In place of what the change was taken for. */
	readonly consequence?: 'aftermath';
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
	if (speaksOfThePast(occurrence.checkId)) {
		const latest = await findLatest(client, { service, now, withinMs: AFTERMATH_MS });
		if (latest !== null) return tellOfThePast(latest, occurrence);
	}
	const cause = occurrence.cause ?? { key: occurrence.key, title: occurrence.title };
	const failure: Failure = { title: occurrence.title, severity, reason: occurrence.reason };
	const check = cause.key.split(' ')[0] ?? '';
	const open = (await findOpen(client, service, cause.key)) ?? (await findOpenOfMember(client, occurrence.monitorId))[0] ?? null;
	const explained = open === null ? await findExplained(client, service, dependentsOf(check)) : null;
	const isNew = open === null && explained === null;
	const suspected = isNew ? await findSuspected(client, occurrence, now) : null;
	const ended = isNew && suspected === null ? await findEnded(client, service, cause.key, occurrence.key) : null;
	const move = decideFailure(failure, { open, explained, suspected, ended }, now);
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
			await noteJoined(client, move.incident, now);
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

/** Its diagnosis explains this failure: it saw it, or the failure leads to its cause; else the first that has just begun and has no diagnosis yet. */
async function findSuspected(
	client: pg.PoolClient,
	{ service, key, answer }: Occurrence,
	now: number,
): Promise<(KnownIncident & { readonly isExplained: boolean }) | null> {
	const open = await listOpenCauses(client, { service, now, withinMs: TOGETHER_WITHIN_MS });
	const explaining = open.find(
		({ explains, shown }) => explains.includes(key) || (answer !== null && shown !== null && leadsTo(answer, shown)),
	);
	const found = explaining ?? open.find(({ isYoung }) => isYoung);
	return found === undefined ? null : { ...found, isExplained: found === explaining };
}

/** I8. What the last minutes left in logs and counters belongs to the incident of these minutes, and holds it not up. */
function tellOfThePast(
	{ id, resolvedAt }: { readonly id: number; readonly resolvedAt: number | null },
	{ title, reason }: Occurrence,
): Drawn {
	const isOver = resolvedAt !== null;
	const text = `${title}, which speaks of the last minutes: ${reason}`;
	return {
		incidentId: isOver ? null : id,
		effect: isOver ? null : 'joined',
		entry: isOver ? null : { kind: 'transition', text },
		audit: [],
		...(isOver ? { consequence: 'aftermath' as const } : {}),
	};
}

/** It belongs to the incident of what it stands on, so that this one does not end before the echo has. */
async function linkEcho(client: pg.PoolClient, { upstreamId, title, reason }: Occurrence): Promise<Drawn> {
	const [incident] = upstreamId === null ? [] : await findOpenOfMember(client, upstreamId);
	if (incident === undefined) return NOTHING;
	return { incidentId: incident.id, effect: null, entry: { kind: 'transition', text: `${title}: ${reason}` }, audit: [] };
}

/** Also to unknown: it belongs to the incident's story, and does not end it. In a maintenance window or flapping, the sweep ends it later. */
async function recover(client: pg.PoolClient, occurrence: Occurrence, now: number): Promise<Drawn> {
	const { monitorId, to, consequence, reason, title } = occurrence;
	const [incident] = await findOpenOfMember(client, monitorId);
	if (incident === undefined) return NOTHING;
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
