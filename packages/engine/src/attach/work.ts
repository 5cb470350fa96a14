/**
 * Finds the cause of what is open, and puts in order what belongs to it. Guarantees: of a service one diagnosis at a time, of an incident
 * one in ten minutes, whatever engines look; it ends in time; what it changes is one transaction, and every failing monitor keeps exactly
 * one open incident.
 */
import { ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { addEntry, holdIncidents } from '../incidents/queries.ts';
import { readIncident } from '../incidents/read.ts';
import type { Database } from '../storage/open-database.ts';
import type { AttachedDiagnosis, DiagnoseService } from './attached-diagnosis.ts';
import { decideDiagnosis } from './decide.ts';
import { claimDiagnosis, listCandidates, listFailingRequests, writeOutcome } from './queries.ts';
import { settleDiagnosis } from './settle.ts';

export interface AttachOptions {
	readonly engine: string;
	readonly services: readonly string[];
	readonly diagnose: DiagnoseService;
	readonly onEnded?: (ended: DiagnosisEnded) => void;
	/** Longest a diagnosis may take. */
	readonly withinMs?: number;
}

export interface DiagnosisEnded {
	readonly incident: number;
	readonly service: string;
	readonly why: string;
	/** Null: none was confirmed. */
	readonly cause: string | null;
	/** Null: it was made. */
	readonly problem: string | null;
}

/** The checks stop themselves earlier. */
const WITHIN_MS = 40_000;
const LEASE_MS = 60_000;
const AT_ONCE = 2;

export interface Attacher {
	/** Claims what is due and begins to diagnose it; does not wait. @returns how many */
	readonly cycle: () => Promise<number>;
	readonly settled: () => Promise<void>;
	/** Gives up what is under way: its lease is left to end. */
	readonly stop: () => Promise<void>;
}

export function createAttacher(database: Database, options: AttachOptions): Attacher {
	const underWay = new Set<Promise<void>>();
	const stopping = new AbortController();
	const cycle = async (): Promise<number> => {
		let begun = 0;
		const now = await database.now();
		const due = (await listCandidates(database.pool, options.services, now)).flatMap((candidate) => {
			const { isDue, reason } = decideDiagnosis(candidate, now);
			return isDue ? [{ ...candidate, why: reason }] : [];
		});
		for (const { id, service, why } of due) {
			if (underWay.size >= AT_ONCE || stopping.signal.aborted) break;
			const isMine = await database.transaction(async (client) => {
				await holdIncidents(client, [service]);
				return await claimDiagnosis(client, { id, service, engine: options.engine, now, leaseMs: LEASE_MS });
			});
			if (!isMine) continue;
			begun += 1;
			const one = attach(database, { id, service, why }, { ...options, signal: stopping.signal })
				.catch((error: unknown) => {
					options.onEnded?.({ incident: id, service, why, cause: null, problem: error instanceof Error ? error.message : String(error) });
				})
				.finally(() => underWay.delete(one));
			underWay.add(one);
		}
		return begun;
	};
	const settled = async (): Promise<void> => void (await Promise.all(underWay));
	return {
		cycle,
		settled,
		stop: async () => {
			stopping.abort();
			await settled();
		},
	};
}

interface Chosen {
	readonly id: number;
	readonly service: string;
	readonly why: string;
}

async function attach(
	database: Database,
	{ id, service, why }: Chosen,
	options: AttachOptions & { readonly signal: AbortSignal },
): Promise<void> {
	const requests = await listFailingRequests(database.pool, id);
	const made = await tryDiagnose(service, requests, options);
	// An engine that is told to end leaves it to the next.
	if (options.signal.aborted) return;
	const now = await database.now();
	const cause = await database.transaction(async (client) => {
		await holdIncidents(client, [service]);
		const incident = await readIncident(client, id, null);
		if (incident === null) return null;
		if (made.diagnosis !== null) return await settleDiagnosis(client, { incident, diagnosis: made.diagnosis, why, now });
		await writeOutcome(client, id, { row: null, now });
		const text = `The diagnosis could not be made (${why}): ${made.problem}`;
		await addEntry(client, now, { incidentId: id, kind: 'diagnosis', actor: ENGINE_ACTOR, text });
		await recordAudit(client, now, [
			{ actor: ENGINE_ACTOR, operation: 'incident.diagnose', subject: `incident/${id}`, detail: { problem: made.problem } },
		]);
		return null;
	});
	options.onEnded?.({ incident: id, service, why, cause, problem: made.problem });
}

type Made = { readonly diagnosis: AttachedDiagnosis; readonly problem: null } | { readonly diagnosis: null; readonly problem: string };

/** Never rejects, and ends in time whatever the checks do. */
async function tryDiagnose(
	service: string,
	requests: Parameters<DiagnoseService>[1]['requests'],
	{ diagnose, signal, withinMs = WITHIN_MS }: AttachOptions & { readonly signal: AbortSignal },
): Promise<Made> {
	const stop = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const overdue = new Promise<Made>((resolve) => {
		timer = setTimeout(() => resolve({ diagnosis: null, problem: `it did not end within ${withinMs / 1000} s` }), withinMs);
		signal.addEventListener('abort', () => resolve({ diagnosis: null, problem: 'Holdfast was stopped' }), { once: true });
	});
	try {
		const asked = diagnose(service, { requests, signal: AbortSignal.any([signal, stop.signal]) });
		return await Promise.race([asked.then((diagnosis): Made => ({ diagnosis, problem: null })), overdue]);
	} catch (error) {
		// The words of an unforeseen error may hold anything.
		return { diagnosis: null, problem: `it broke (${error instanceof Error ? error.name : typeof error})` };
	} finally {
		clearTimeout(timer);
		stop.abort();
	}
}
