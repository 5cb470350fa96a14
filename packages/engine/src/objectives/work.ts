/**
 * Measures the objectives and draws what follows: an incident while a budget burns too fast, and its end. Guarantee: the measurement, its
 * incident, entry and audit are one transaction, and two engines that measure at once open one incident.
 */
import type pg from 'pg';
import { type AuditEntry, ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { decideFailure, titleOf } from '../incidents/decide.ts';
import {
	addEntry,
	findEnded,
	findOpen,
	holdIncidents,
	insertIncident,
	raiseSeverity,
	reopenIncident,
	resolveIncident,
} from '../incidents/queries.ts';
import { findWindow } from '../observe/decide.ts';
import { listWindows } from '../observe/queries.ts';
import { floor, GRAIN_MS } from '../rollup/decide.ts';
import type { Database } from '../storage/open-database.ts';
import { type AlertMove, burnRules, decideAlert, judgeObjective, type Measured, type ObjectiveResult } from './decide.ts';
import { type Availability, measure } from './measure.ts';
import type { WantedObjective } from './plan.ts';
import { countAvailabilityMonitors, keepResult, listObjectives, type ObjectiveRow, readCells, replaceObjectives } from './queries.ts';

/** All or nothing, and the same once more changes nothing. The service is there already. */
export async function syncObjectives(database: Database, service: string, wanted: readonly WantedObjective[]): Promise<void> {
	const now = await database.now();
	await database.transaction((client) => replaceObjectives(client, { service, wanted, now }));
}

export interface MeasuredObjective {
	readonly service: string;
	readonly name: string;
	readonly result: ObjectiveResult;
	readonly move: AlertMove;
}

export async function watchObjectives(database: Database, services: readonly string[]): Promise<readonly MeasuredObjective[]> {
	const now = await database.now();
	const measured: MeasuredObjective[] = [];
	for (const objective of await listObjectives(database.pool, services)) {
		const result = judgeObjective(objective.target, await measureWindows(database, objective, now), now);
		const move = await database.transaction((client) => draw(client, objective, { result, now }));
		measured.push({ service: objective.service, name: objective.name, result, move });
	}
	return measured;
}

/** Minutes are kept for two days, so that long windows are read from hours; hours are complete an hour after they ended. */
async function measureWindows({ pool }: Database, { service, windowMs }: ObjectiveRow, now: number): Promise<Measured> {
	const to = floor(now, 'm');
	const boundary = floor(now, 'h') - GRAIN_MS.h;
	const longest = Math.max(windowMs, ...burnRules.map(({ longMs }) => longMs));
	const recentFrom = to - 6 * GRAIN_MS.h;
	const minutes = await readCells(pool, { service, grain: 'm', from: Math.min(recentFrom, boundary), to });
	const hours = await readCells(pool, { service, grain: 'h', from: floor(to - longest, 'h'), to: boundary });
	const late = minutes.filter(({ at }) => at >= boundary);
	const over = (ms: number): Availability =>
		ms <= to - recentFrom
			? measure(minutes, { from: to - ms, to })
			: trim(measure([...hours, ...late], { from: floor(to - ms, 'h'), to }), ms);
	const lengths = new Set(burnRules.flatMap(({ longMs, shortMs }) => [longMs, shortMs]));
	return {
		whole: over(windowMs),
		windows: new Map([...lengths].map((ms) => [ms, over(ms)])),
		monitors: await countAvailabilityMonitors(pool, service),
	};
}

/** Read by whole hours it may be up to an hour longer than it is. */
function trim({ knownMs, downMs }: Availability, windowMs: number): Availability {
	return { windowMs, knownMs: Math.min(knownMs, windowMs), downMs: Math.min(downMs, windowMs) };
}

interface Judged {
	readonly result: ObjectiveResult;
	readonly now: number;
}

async function draw(client: pg.PoolClient, objective: ObjectiveRow, { result, now }: Judged): Promise<AlertMove> {
	const { service, name } = objective;
	await holdIncidents(client, [service]);
	await keepResult(client, { service, name, result, now });
	const causeKey = `objective:${name}`;
	const open = await findOpen(client, service, causeKey);
	const maintenance = findWindow(service, await listWindows(client, now));
	const move = decideAlert(result, { open: open?.severity ?? null, maintenance, now });
	if (move.kind === 'resolve' && open !== null) {
		await resolveIncident(client, open.id, ENGINE_ACTOR, now);
		await write(client, now, { id: open.id, kind: 'resolved', text: move.reason, operation: 'incident.resolve', isToTell: true });
	}
	if (move.kind === 'alert') await alert(client, { objective, causeKey, move, now });
	return move;
}

interface Alert {
	readonly objective: ObjectiveRow;
	readonly causeKey: string;
	readonly move: Extract<AlertMove, { readonly kind: 'alert' }>;
	readonly now: number;
}

async function alert(client: pg.PoolClient, { objective, causeKey, move, now }: Alert): Promise<void> {
	const { service, title } = objective;
	const { severity, reason: text } = move;
	const open = await findOpen(client, service, causeKey);
	const ended = open === null ? await findEnded(client, service, causeKey, causeKey) : null;
	const decided = decideFailure({ title, severity, reason: text }, { open, explained: null, suspected: null, ended }, now);
	if (decided.kind === 'open') {
		const id = await insertIncident(client, { service, title: titleOf(title, text), severity, causeKey, now });
		if (id !== null) await write(client, now, { id, kind: 'opened', text, operation: 'incident.open', isToTell: true });
		return;
	}
	const { incident: id, raiseTo } = decided;
	if (raiseTo !== null) await raiseSeverity(client, id, raiseTo);
	if (decided.kind === 'reopen') {
		await reopenIncident(client, id);
		await write(client, now, { id, kind: 'reopened', text, operation: 'incident.reopen', isToTell: true });
	} else if (raiseTo !== null) {
		await write(client, now, { id, kind: 'transition', text: `${raiseTo} now: ${text}`, operation: 'incident.raise', isToTell: true });
	}
}

interface Written {
	readonly id: number;
	readonly kind: 'opened' | 'reopened' | 'resolved' | 'transition';
	readonly text: string;
	readonly operation: string;
	readonly isToTell: boolean;
}

async function write(client: pg.PoolClient, now: number, { id, operation, ...entry }: Written): Promise<void> {
	await addEntry(client, now, { ...entry, incidentId: id, actor: ENGINE_ACTOR });
	const audit: AuditEntry = { actor: ENGINE_ACTOR, operation, subject: `incident/${id}`, detail: { reason: entry.text } };
	await recordAudit(client, now, [audit]);
}
