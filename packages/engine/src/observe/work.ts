/**
 * From samples to what follows from them, in one transaction: the samples, the monitors, and for each change of state its transition,
 * its incident with an entry, and the audit. Guarantee: either all of it is there or the monitor is due still, so that a crash at any
 * moment loses no acknowledged sample and makes no incident twice. A sample of a monitor that meanwhile belongs to another engine is dropped.
 */
import type pg from 'pg';
import { type AuditEntry, ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { holdIncidents } from '../incidents/queries.ts';
import { drawConsequence, type Effect, writeEntry } from '../incidents/work.ts';
import { lateness, nextSlot, phaseOf } from '../schedule/decide.ts';
import type { Database } from '../storage/open-database.ts';
import { type Decision, decide, type MonitorState } from '../transition/decide.ts';
import { answerOfSample } from './answer-of-sample.ts';
import { type FailingMonitor, findUpstream, findWindow, type Window } from './decide.ts';
import { depthOf } from './needs.ts';
import {
	countChanges,
	insertObservations,
	insertTransition,
	insertTransitions,
	listFailing,
	listWindows,
	lockMonitors,
	type MonitorRow,
	type MonitorUpdate,
	setState,
	updateMonitors,
} from './queries.ts';
import type { Sample } from './sample.ts';

/** Changes within this time count as flapping. */
const FLAPPING_WITHIN_MS = 30 * 60_000;

export interface StoreOptions {
	/** Of the engine that claimed the monitors. */
	readonly engine: string;
	readonly now: number;
	/** Services of which Holdfast itself reaches nothing: their bad samples say nothing. */
	readonly cutOff?: ReadonlySet<string>;
}

export interface StoredTransition {
	readonly id: number;
	readonly monitorId: number;
	readonly service: string;
	readonly key: string;
	readonly from: MonitorState;
	readonly to: MonitorState;
	readonly reason: string;
	readonly consequence: Decision['consequence'] | 'aftermath';
	readonly incidentId: number | null;
	readonly effect: Effect | null;
}

export interface StoreReport {
	readonly stored: number;
	/** Monitors whose samples came too late: somebody else answers for them. */
	readonly lost: readonly number[];
	readonly lateMs: readonly number[];
	readonly missed: number;
	readonly transitions: readonly StoredTransition[];
}

/** @param samples one of each monitor */
export async function storeSamples(database: Database, samples: readonly Sample[], options: StoreOptions): Promise<StoreReport> {
	const ids = samples.map(({ monitorId }) => monitorId);
	return await database.transaction(async (client) => {
		// What is lost in a crash of PostgreSQL was acknowledged to nobody: the schedule takes the monitor up again.
		const rows = new Map((await lockMonitors(client, options.engine, ids)).map((row) => [row.id, row]));
		const owned = samples.flatMap((sample) => {
			const row = rows.get(sample.monitorId);
			return row === undefined ? [] : [{ sample, row }];
		});
		const lost = ids.filter((id) => !rows.has(id));
		if (owned.length === 0) return { stored: 0, lost, lateMs: [], missed: 0, transitions: [] };
		await insertObservations(
			client,
			owned.map(({ sample }) => sample),
		);
		const judged = await judge(client, owned, options);
		const updates = owned.map(({ sample, row }) => toUpdate(sample, row, { decision: judged.decisions.get(row.id), now: options.now }));
		await updateMonitors(client, updates);
		const lateMs = updates.map((update) => update.lateMs);
		return {
			stored: owned.length,
			lost,
			lateMs,
			missed: updates.reduce((sum, { missed }) => sum + missed, 0),
			transitions: judged.transitions,
		};
	});
}

interface Owned {
	readonly sample: Sample;
	readonly row: MonitorRow;
}

function toUpdate(sample: Sample, row: MonitorRow, { decision, now }: { decision: Decision | undefined; now: number }): MonitorUpdate {
	const next = nextSlot(row, now, phaseOf(row.id));
	return {
		id: row.id,
		state: decision?.change?.to ?? row.state,
		hasChanged: decision !== undefined && decision.change !== null,
		candidate: decision?.candidate ?? null,
		at: sample.at,
		reason: sample.reason,
		dueAt: next.dueAt,
		missed: next.missed,
		lateMs: lateness(row.dueAt, sample.at, row.everyMs),
		applies: sample.applies ?? true,
	};
}

interface Judged {
	readonly decisions: ReadonlyMap<number, Decision>;
	readonly transitions: readonly StoredTransition[];
}

/** Most samples say what is known: they need nothing of the others. What stands on the least is judged first, so that its echoes are known as such. */
async function judge(client: pg.PoolClient, owned: readonly Owned[], { now, cutOff }: StoreOptions): Promise<Judged> {
	const deviating = owned
		.filter(({ sample, row }) => sample.state !== row.state)
		.toSorted((a, b) => depthOf(a.row.checkId) - depthOf(b.row.checkId) || a.row.id - b.row.id);
	const decisions = new Map<number, Decision>();
	const transitions: StoredTransition[] = [];
	if (deviating.length === 0) return { decisions, transitions };
	const services = [...new Set(deviating.map(({ row }) => row.service))];
	await holdIncidents(client, services);
	const failing = new Map<string, FailingMonitor[]>();
	for (const one of await listFailing(client, services)) failing.set(one.service, [...(failing.get(one.service) ?? []), one]);
	const windows = await listWindows(client, now);
	const changes = await countChanges(
		client,
		deviating.map(({ row }) => row.id),
		now - FLAPPING_WITHIN_MS,
	);
	const audit: AuditEntry[] = [];
	const quiet: Change[] = [];
	for (const { sample, row } of deviating) {
		const others = failing.get(row.service) ?? [];
		const upstream = sample.state === 'fail' ? findUpstream(row, others) : null;
		const decision = decide(row, sample, {
			upstream: upstream?.title ?? null,
			maintenance: findWindow(row.service, windows as Window[]),
			isCutOff: cutOff?.has(row.service) ?? false,
			recentChanges: changes.get(row.id) ?? 0,
		});
		decisions.set(row.id, decision);
		if (decision.change === null) continue;
		const changed = { sample, row, decision, upstreamId: upstream?.id ?? null, now };
		if (isQuiet(changed)) {
			quiet.push(changed);
			continue;
		}
		const stored = await writeChange(client, changed);
		transitions.push(stored.transition);
		audit.push(...stored.audit);
		const rest = others.filter(({ id }) => id !== row.id);
		failing.set(row.service, decision.change.to === 'fail' ? [...rest, row] : rest);
	}
	for (const stored of await writeQuiet(client, quiet, now)) {
		transitions.push(stored.transition);
		audit.push(...stored.audit);
	}
	await recordAudit(client, now, audit);
	return { decisions, transitions };
}

interface Change extends Owned {
	readonly decision: Decision;
	readonly upstreamId: number | null;
	readonly now: number;
}

interface StoredChange {
	readonly transition: StoredTransition;
	readonly audit: readonly AuditEntry[];
}

/** The first known state of a monitor, and no failure: it is a member of no incident yet, and nobody of the batch looks at it. */
function isQuiet({ row, decision: { change, consequence } }: Change): boolean {
	return row.state === 'new' && change !== null && change.to !== 'fail' && consequence !== 'echo';
}

async function writeQuiet(client: pg.PoolClient, changes: readonly Change[], now: number): Promise<readonly StoredChange[]> {
	const news = changes.map(({ row, decision: { change, reason, consequence } }) => ({
		monitorId: row.id,
		at: now,
		from: row.state,
		to: change?.to ?? row.state,
		reason,
		consequence,
		incidentId: null,
		effect: null,
	}));
	const ids = await insertTransitions(client, news);
	return news.flatMap((change, index) => {
		const id = ids.get(change.monitorId);
		const row = changes[index]?.row;
		return id === undefined || row === undefined ? [] : [storedChange({ ...change, id, row })];
	});
}

function storedChange({ row, ...change }: { readonly row: MonitorRow } & Omit<StoredTransition, 'service' | 'key'>): StoredChange {
	const { id, monitorId, from, to, consequence, incidentId } = change;
	const entry = {
		actor: ENGINE_ACTOR,
		operation: 'monitor.change',
		subject: `monitor/${monitorId}`,
		detail: { transition: id, from, to, consequence, incident: incidentId },
	};
	const transition = { id, monitorId, from, to, reason: change.reason, consequence, incidentId, effect: change.effect };
	return { transition: { ...transition, service: row.service, key: row.key }, audit: [entry] };
}

async function writeChange(client: pg.PoolClient, { sample, row, decision, upstreamId, now }: Change): Promise<StoredChange> {
	const from = row.state;
	const to = decision.change?.to ?? row.state;
	const { reason } = decision;
	await setState(client, row.id, to);
	const drawn = await drawConsequence(
		client,
		{
			monitorId: row.id,
			service: row.service,
			key: row.key,
			checkId: row.checkId,
			title: row.title,
			severity: row.severity,
			from,
			to,
			consequence: decision.consequence,
			reason,
			said: sample.reason,
			cause: sample.cause,
			upstreamId,
			answer: to === 'fail' ? answerOfSample(sample, row) : null,
		},
		now,
	);
	const { incidentId, effect, consequence = decision.consequence } = drawn;
	const id = await insertTransition(client, { monitorId: row.id, at: now, from, to, reason, consequence, incidentId, effect });
	await writeEntry(client, drawn, { now, transition: id, monitor: row.id });
	const { transition, audit } = storedChange({ row, id, monitorId: row.id, from, to, reason, consequence, incidentId, effect });
	return { transition, audit: [...audit, ...drawn.audit] };
}
