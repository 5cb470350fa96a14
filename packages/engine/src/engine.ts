/**
 * The engine: schedule → observe → transition → act, in loops that share nothing but the database. Any number of engines share one; each
 * row is one engine's at a time, under a lease. Guarantees: an acknowledged sample, change, incident or notification survives the death of
 * this process and of PostgreSQL; nothing that throws or hangs in one duty, check or channel holds up another.
 */

import { dropOldLinks } from './acknowledge/links.ts';
import type { Diagnose } from './attach/diagnose-port.ts';
import { attachDiagnosis } from './attach/work.ts';
import { startLoop } from './duty/create-loop.ts';
import { createHurry } from './duty/kick-within.ts';
import { createLatenessRecord } from './duty/lateness-record.ts';
import { sweepIncidents } from './incidents/sweep.ts';
import type { Log } from './log.ts';
import type { FindCutOff } from './network/work.ts';
import type { ChannelPort } from './notify/channels.ts';
import type { NotifyRoute } from './notify/decide.ts';
import { createDrain, type DrainOptions } from './notify/drain.ts';
import type { Telling } from './notify/telling.ts';
import { planNotifications } from './notify/work.ts';
import { watchObjectives } from './objectives/work.ts';
import type { RunChecks } from './observe/check-run.ts';
import { daysAround, ensurePartitions } from './observe/partitions.ts';
import { createRunner } from './observe/runner.ts';
import type { Sample } from './observe/sample.ts';
import { createSink } from './observe/sink.ts';
import type { StoreReport } from './observe/work.ts';
import { type Retention, readRetention } from './retention/decide.ts';
import { dropOld } from './retention/work.ts';
import { rollUp } from './rollup/work.ts';
import { type ClaimedMonitor, pullBack, releaseClaims, renewLeases } from './schedule/queries.ts';
import { createSharing, LEASE_MS, RENEW_AFTER_MS, RENEW_EVERY_MS, takeDue } from './schedule/work.ts';
import type { Database } from './storage/open-database.ts';

export interface EngineOptions {
	readonly database: Database;
	/** Services that this engine can ask; monitors of others are left to engines that can. */
	readonly services: readonly string[];
	readonly runChecks: RunChecks;
	readonly channels: ChannelPort;
	readonly routes?: readonly NotifyRoute[];
	/** What messages are made of beside what happened. */
	readonly telling?: Omit<Telling, 'routes'>;
	readonly acknowledgeUrl?: DrainOptions['acknowledgeUrl'];
	readonly log: Log;
	/** A UUID, another for each start. */
	readonly id: string;
	/** Milliseconds from any fixed moment; never goes back, whatever the clock does. */
	readonly elapsed: () => number;
	readonly retention?: Retention;
	/** Services of which Holdfast itself reaches nothing; absent: it always reaches them. */
	readonly findCutOff?: FindCutOff;
	/** What is wrong with a service; absent: incidents get no diagnosis. */
	readonly diagnose?: Diagnose;
	/** Runs at once; 64 when absent. */
	readonly concurrency?: number;
}

export interface EngineStats {
	readonly id: string;
	readonly checks: number;
	readonly missed: number;
	/** Results that came after another engine had taken over, or were dropped because too many waited. */
	readonly lost: number;
	readonly held: number;
	readonly waiting: number;
	/** Of the last few thousand runs, from due to begun; null before the first. */
	readonly lateP50Ms: number | null;
	readonly lateP99Ms: number | null;
	/** Turns that failed, by duty. */
	readonly failures: Readonly<Record<string, number>>;
}

export interface Engine {
	readonly start: () => Promise<void>;
	/** Finishes what runs, stores it, and gives the rest back; what takes longer than `withinMs` is left to its lease. */
	readonly stop: (withinMs?: number) => Promise<void>;
	readonly stats: () => EngineStats;
}

/** How often what falls due is looked for, and how far ahead: each run still begins at its own time. */
const CYCLE_MS = 1000;
const AHEAD_MS = 2000;
const SHARED_CYCLE_MS = 500;
const MOST_AT_ONCE = 500;
const TELL_RUNS_MS = 10_000;
/** What says what is known waits for others, so that a second's answers are one transaction; what says otherwise waits so long. */
const STORE_EVERY_MS = 1000;
const STORE_NEWS_MS = 50;
/** A monitor that runs again soon is stored and claimed in time: its answer waits for this share of its interval at most. */
const STORE_SHARE = 1 / 8;

export function createEngine(options: EngineOptions): Engine {
	const { database, services, channels, log, id, elapsed } = options;
	const telling: Telling = { routes: options.routes ?? [], keepsIncidents: channels.keepsIncidents, ...options.telling };
	const retention = options.retention ?? readRetention();
	const lateness = createLatenessRecord();
	const totals = { checks: 0, missed: 0, lost: 0 };
	const lately = { ok: 0, warn: 0, fail: 0, unknown: 0, missed: 0 };
	const known = new Map<number, ClaimedMonitor>();
	const loops = new Map<string, ReturnType<typeof startLoop>>();

	const sink = createSink(database, {
		engine: id,
		findCutOff: options.findCutOff ?? (async () => new Set()),
		serviceOf: (monitorId) => known.get(monitorId)?.service ?? null,
		onStored: (samples, report) => noteStored(samples, report),
		onRefused: ({ monitorId }, reason) => log({ event: 'check.refused', level: 'error', monitor: monitorId, reason }),
	});
	const runner = createRunner({
		runChecks: options.runChecks,
		concurrency: options.concurrency ?? 64,
		elapsed,
		deliver: (sample) => {
			sink.add(sample);
			const monitor = known.get(sample.monitorId);
			if (monitor === undefined) return;
			if (sample.state !== monitor.state) hurry.within(STORE_NEWS_MS);
			else if (monitor.everyMs * STORE_SHARE < STORE_EVERY_MS) hurry.within(monitor.everyMs * STORE_SHARE);
		},
	});
	const sharing = createSharing(database, { engine: id, aheadMs: AHEAD_MS });
	const soon = createHurry(() => loops.get('schedule')?.kick(), elapsed);
	const hurry = createHurry(() => loops.get('observe')?.kick(), elapsed);
	const drain = createDrain(database, {
		channels,
		...(options.acknowledgeUrl === undefined ? {} : { acknowledgeUrl: options.acknowledgeUrl }),
		onAttempt: ({ outcome, ...attempt }) =>
			log({
				event: 'notification.attempt',
				level: outcome === 'sent' ? 'info' : outcome === 'retry' ? 'warn' : 'error',
				outcome,
				...attempt,
			}),
		onError: (error) =>
			log({ event: 'duty.failed', level: 'warn', duty: 'notify.mark', reason: error instanceof Error ? error.message : 'unknown' }),
	});

	function noteStored(samples: readonly Sample[], report: StoreReport): void {
		lateness.add(report.lateMs);
		totals.checks += report.stored;
		totals.missed += report.missed;
		totals.lost += report.lost.length;
		lately.missed += report.missed;
		for (const { state } of samples) lately[state] += 1;
		for (const { id: transition, monitorId, incidentId, ...change } of report.transitions)
			log({ event: 'incident.transition', level: 'info', transition, monitor: monitorId, incident: incidentId, ...change });
		if (report.transitions.length > 0) for (const duty of ['notify', 'diagnose']) loops.get(duty)?.kick();
		// Due again before the next look for what is due.
		if (samples.some(({ monitorId }) => (known.get(monitorId)?.everyMs ?? AHEAD_MS) < 2 * AHEAD_MS)) loops.get('schedule')?.kick();
	}
	function tellRuns(): void {
		const { missed, ...states } = lately;
		const checks = Object.values(states).reduce((sum, count) => sum + count, 0);
		if (checks > 0) log({ event: 'check.run', level: 'info', checks, ...states, missed, late_p99_ms: lateness.percentile(0.99) });
		Object.assign(lately, { ok: 0, warn: 0, fail: 0, unknown: 0, missed: 0 });
	}
	const tidy = async (): Promise<void> => {
		await ensurePartitions(database, daysAround(await database.now()));
	};
	let rounds = 0;

	const begin = (name: string, everyMs: number, timeoutMs: number, work: () => Promise<unknown>): void => {
		// Engines that claimed in a fixed order would share unevenly: who comes right after another finds little.
		const spread = name === 'schedule' ? 0.5 : 0;
		loops.set(name, startLoop({ name, everyMs, spread, timeoutMs, log, elapsed, work: async () => (await work()) === true }));
	};
	return {
		start: async () => {
			await tidy();
			begin('schedule', CYCLE_MS, 10_000, async () => {
				const limit = Math.min(MOST_AT_ONCE, runner.room());
				const batch = await takeDue(database, { engine: id, services, aheadMs: AHEAD_MS, limit, sharing });
				if (batch.isShared) soon.within(SHARED_CYCLE_MS * (0.5 + Math.random()));
				for (const monitor of batch.claimed) known.set(monitor.id, monitor);
				// A lease of our own that ran out while the answer is under way: the answer settles it.
				const held = new Set([...runner.held(), ...sink.waiting()]);
				runner.start({ ...batch, claimed: batch.claimed.filter(({ id: monitor }) => !held.has(monitor)) });
				return limit > 0 && batch.claimed.length === limit;
			});
			begin('lease', RENEW_EVERY_MS, 10_000, async () => {
				if (runner.held(RENEW_AFTER_MS).length === 0 && sink.waiting().length === 0) return false;
				const now = await database.now();
				const ids = [...runner.held(RENEW_AFTER_MS), ...sink.waiting(now - RENEW_EVERY_MS)];
				if (ids.length > 0) await renewLeases(database.pool, { engine: id, ids, now, leaseMs: LEASE_MS });
				return false;
			});
			begin('observe', STORE_EVERY_MS, 30_000, async () => {
				await sink.flush();
			});
			begin('clock', 10_000, 10_000, async () => {
				const count = await pullBack(database.pool, await database.now());
				if (count > 0)
					log({ event: 'schedule.pulled-back', level: 'warn', monitors: count, reason: 'due later than one interval from now' });
				return false;
			});
			begin('notify', 1000, 30_000, async () => {
				for (const { subject, reason } of (await planNotifications(database, telling)).failed)
					log({ event: 'notification.put-off', level: 'error', subject, reason });
				return (await drain.cycle()) > 0;
			});
			const { diagnose } = options;
			if (diagnose !== undefined)
				begin('diagnose', 2000, 90_000, async () => {
					const report = await attachDiagnosis(database, { services, diagnose });
					if (report === null) return false;
					log({ event: 'incident.diagnosis', level: report.roots === null ? 'warn' : 'info', ...report });
					loops.get('notify')?.kick();
					return true;
				});
			begin('sweep', 15_000, 30_000, async () => void (await sweepIncidents(database)));
			begin('rollup', 60_000, 60_000, async () => void (await rollUp(database, { thorough: rounds++ % 5 === 0 })));
			begin('objectives', 60_000, 30_000, async () => {
				for (const { service, name, move } of await watchObjectives(database, services))
					if (move.kind !== 'none') log({ event: `objective.${move.kind}`, level: 'info', service, objective: name, reason: move.reason });
			});
			begin('partitions', 60_000, 30_000, async () => {
				await tidy();
			});
			begin('retention', 600_000, 120_000, async () => {
				await dropOldLinks(database, await database.now());
				return (await dropOld(database, retention)).rollups >= 10_000;
			});
			begin('tell', TELL_RUNS_MS, 1000, async () => {
				tellRuns();
			});
			log({ event: 'engine.start', level: 'info', engine: id, services });
		},
		stop: async (withinMs = 15_000) => {
			hurry.stop();
			soon.stop();
			await loops.get('schedule')?.stop();
			const left = await runner.stop(withinMs);
			await sink.flush().catch((error: unknown) => log({ event: 'duty.failed', level: 'error', duty: 'observe', reason: String(error) }));
			// What takes longer, a diagnosis or a send, is left to its lease.
			await Promise.race([
				Promise.all([...loops.values()].map((loop) => loop.stop())).then(() => drain.settled()),
				new Promise((resolve) => setTimeout(resolve, withinMs).unref()),
			]);
			await releaseClaims(database.pool, id, null).catch(() =>
				log({ event: 'duty.failed', level: 'warn', duty: 'release', reason: 'leases end by themselves' }),
			);
			tellRuns();
			log({ event: 'engine.stop', level: 'info', engine: id, checks: totals.checks, given_back: left.length });
		},
		stats: () => ({
			id,
			...totals,
			lost: totals.lost + sink.dropped(),
			held: runner.held().length,
			waiting: sink.waiting().length,
			lateP50Ms: lateness.percentile(0.5),
			lateP99Ms: lateness.percentile(0.99),
			failures: Object.fromEntries([...loops].map(([name, loop]) => [name, loop.failures()])),
		}),
	};
}
