/**
 * Makes the diagnosis of an incident and draws its consequences: the incident gets its cause, another fault an incident of its own, and two
 * incidents of one fault become one. Guarantee: what a diagnosis changes is one transaction; a monitor that fails has an incident before
 * and after it; an engine that dies in it is taken over when its lease ends.
 */
import type pg from 'pg';
import { type AuditEntry, ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { titleOf } from '../incidents/decide.ts';
import { addEntry, holdIncidents, insertIncident, raiseSeverity, setCause, tellRaised } from '../incidents/queries.ts';
import { OperationError } from '../operation-error.ts';
import type { Database } from '../storage/open-database.ts';
import { type Assignment, decideCauses, type FailingMember, type Merge } from './decide.ts';
import type { Diagnose, StoredDiagnosis } from './diagnose-port.ts';
import {
	claimIncident,
	keepDiagnosis,
	listFailingMembers,
	listOpenIncidents,
	markMerged,
	moveMembers,
	releaseIncident,
} from './queries.ts';
import { describeDiagnosis } from './words.ts';

/** What takes longer is given up; the lease ends a little later. */
const AT_MOST_MS = 60_000;
const LEASE_MS = 75_000;

export interface AttachReport {
	readonly incident: number;
	readonly service: string;
	/** Null: it could not be made, for this reason. */
	readonly roots: readonly string[] | null;
	readonly reason: string | null;
}

export interface AttachOptions {
	readonly services: readonly string[];
	readonly diagnose: Diagnose;
}

/** @returns null when nothing is due */
export async function attachDiagnosis(database: Database, { services, diagnose }: AttachOptions): Promise<AttachReport | null> {
	const at = await database.now();
	const claimed = await database.transaction((client) => claimIncident(client, { services, now: at, leaseMs: LEASE_MS }));
	if (claimed === null) return null;
	const { id, service } = claimed;
	const startedAt = await database.now();
	try {
		const failing = await listFailingMembers(database.pool, service);
		const signal = AbortSignal.timeout(AT_MOST_MS);
		const diagnosis = await inTime(
			signal,
			diagnose({ service, failing: failing.map(({ checkId, params }) => ({ id: checkId, params })), signal }),
		);
		const roots = await apply(database, { id, service, diagnosis, startedAt });
		return { incident: id, service, roots, reason: null };
	} catch (error) {
		const reason = describeFault(error);
		await database.transaction(async (client) => {
			const now = await database.now();
			await releaseIncident(client, id, startedAt);
			await addEntry(client, now, { incidentId: id, kind: 'diagnosis', actor: ENGINE_ACTOR, text: `no diagnosis was made: ${reason}` });
		});
		return { incident: id, service, roots: null, reason };
	}
}

/** Words of our own are told; those of an unforeseen error may hold anything. */
function describeFault(error: unknown): string {
	if (error instanceof OperationError) return error.message;
	const name = error instanceof Error ? error.name : typeof error;
	return name === 'TimeoutError' || name === 'AbortError' ? `it did not end within ${AT_MOST_MS / 1000} s` : `it broke (${name})`;
}

interface Applied {
	readonly id: number;
	readonly service: string;
	readonly diagnosis: StoredDiagnosis;
	readonly startedAt: number;
}

function apply(database: Database, { id, service, diagnosis, startedAt }: Applied): Promise<readonly string[]> {
	return database.transaction(async (client) => {
		const now = await database.now();
		await holdIncidents(client, [service]);
		await releaseIncident(client, id, startedAt);
		const [incidents, failing] = [await listOpenIncidents(client, service), await listFailingMembers(client, service)];
		const { assignments, merges } = decideCauses({ incidents, failing, roots: diagnosis.roots });
		const audit: AuditEntry[] = [];
		// What was another incident ends first: an open cause stands once.
		const homes: number[] = [];
		for (const assignment of assignments) homes.push(await settle(client, assignment, { service, diagnosis, now, audit, merges, homes }));
		for (const merge of merges) await mergeInto(client, merge, { into: homes[merge.into] ?? 0, now, audit });
		if (!homes.includes(id) && !merges.some(({ incident }) => incident === id)) {
			await keepDiagnosis(client, id, { diagnosis, explains: [], now });
			const text = describeDiagnosis(diagnosis, null);
			await addEntry(client, now, { incidentId: id, kind: 'diagnosis', actor: ENGINE_ACTOR, text });
		}
		await recordAudit(client, now, audit);
		return assignments.map(({ root }) => root.message);
	});
}

interface Settling {
	readonly service: string;
	readonly diagnosis: StoredDiagnosis;
	readonly now: number;
	readonly audit: AuditEntry[];
	readonly merges: readonly Merge[];
	readonly homes: readonly number[];
}

/** @returns the incident that is about this root from now on */
async function settle(client: pg.PoolClient, assignment: Assignment, { service, diagnosis, now, audit }: Settling): Promise<number> {
	const { root, severity, moved, isNews, reason } = assignment;
	const told = diagnosis.roots.find(({ key }) => key === root.key);
	const title = titleOf(told?.cause?.text ?? root.message, told?.cause == null ? '' : root.message);
	const about = { ...diagnosis, roots: [...diagnosis.roots].toSorted((a, b) => Number(b.key === root.key) - Number(a.key === root.key)) };
	let id = assignment.incident;
	if (id === null) {
		const opened = await insertIncident(client, { service, title, severity: severity ?? 'major', causeKey: root.key, now });
		if (opened === null) throw new Error(`expected no open incident of ${service} about ${root.key}`);
		id = opened;
		await addEntry(client, now, { incidentId: id, kind: 'opened', actor: ENGINE_ACTOR, text: reason, isToTell: true });
		audit.push({ actor: ENGINE_ACTOR, operation: 'incident.open', subject: `incident/${id}`, detail: { cause: root.key, severity } });
	} else {
		if (isNews) await setCause(client, id, { key: root.key, title });
		if (severity !== null) {
			await raiseSeverity(client, id, severity);
			await tellRaised(client, now, { incidentId: id, actor: ENGINE_ACTOR, severity });
		}
	}
	for (const [from, monitors] of groupByIncident(moved)) {
		await moveMembers(client, { from, into: id, monitors: monitors.map((monitor) => monitor.id) });
		const names = monitors.map((monitor) => monitor.title).join('; ');
		await addEntry(client, now, { incidentId: from, kind: 'split', actor: ENGINE_ACTOR, text: `belongs to incident ${id}: ${names}` });
	}
	await keepDiagnosis(client, id, { diagnosis: about, explains: root.explains, now });
	await addEntry(client, now, {
		incidentId: id,
		kind: 'diagnosis',
		actor: ENGINE_ACTOR,
		text: describeDiagnosis(about, root.key),
		detail: { cause: root.key, explains: root.explains },
		isToTell: isNews,
	});
	audit.push({ actor: ENGINE_ACTOR, operation: 'incident.diagnose', subject: `incident/${id}`, detail: { cause: root.key } });
	return id;
}

async function mergeInto(
	client: pg.PoolClient,
	{ incident, reason }: Merge,
	{ into, now, audit }: { readonly into: number; readonly now: number; readonly audit: AuditEntry[] },
): Promise<void> {
	if (!(await markMerged(client, { id: incident, into, by: ENGINE_ACTOR, now }))) return;
	const ends = {
		incidentId: incident,
		kind: 'merged',
		actor: ENGINE_ACTOR,
		text: `is part of incident ${into}: ${reason}`,
		isToTell: true,
	} as const;
	await addEntry(client, now, ends);
	await addEntry(client, now, {
		incidentId: into,
		kind: 'merged',
		actor: ENGINE_ACTOR,
		text: `incident ${incident} is part of this one: ${reason}`,
	});
	audit.push({ actor: ENGINE_ACTOR, operation: 'incident.merge', subject: `incident/${incident}`, detail: { into } });
}

function groupByIncident(members: readonly FailingMember[]): ReadonlyMap<number, readonly FailingMember[]> {
	const groups = new Map<number, FailingMember[]>();
	for (const member of members) if (member.incident !== null) groups.set(member.incident, [...(groups.get(member.incident) ?? []), member]);
	return groups;
}

/** Also one that does not heed its signal is given up: what it says later counts no more. */
function inTime<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
	const overdue = new Promise<never>((_resolve, reject) => {
		signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true });
	});
	return Promise.race([work, overdue]);
}
