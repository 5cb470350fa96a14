import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineStats } from '../engine.ts';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { daysAround, ensurePartitions } from '../observe/partitions.ts';
import { storeSamples } from '../observe/work.ts';
import { openIncident } from '../operations/incident/open.ts';
import { readStatus } from '../operations/status/read.ts';
import { claimDue } from '../schedule/queries.ts';
import { createMetrics } from './create-metrics.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const stats = (): EngineStats => ({
	id: 'e',
	checks: 12,
	missed: 1,
	lost: 0,
	held: 3,
	waiting: 2,
	lateP50Ms: 1.5,
	lateP99Ms: null,
	failures: { schedule: 4 },
});

/** By series. */
function parse(text: string): ReadonlyMap<string, number> {
	const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

it('agrees with the status and with what the database holds', async () => {
	const engine = randomUUID();
	const now = await database.now();
	await ensurePartitions(database, daysAround(now));
	await watch(database, 'bakery', [question('http.health', { confirm: 1 }), question('net.dns', { confirm: 1 })], now - 1000);
	await watch(database, 'mill "old"', [question('http.health')], now - 1000);
	for (const state of ['ok', 'fail'] as const) {
		await database.pool.query('update monitor set due_at = $1', [new Date(now - 1000)]);
		const claimed = await claimDue(database.pool, { engine, now, aheadMs: 0, limit: 10, leaseMs: 60_000 });
		await storeSamples(
			database,
			claimed.map(({ id }) => ({ monitorId: id, at: now, state, durationMs: 5, reason: state, detail: null, cause: null })),
			{ engine, now },
		);
	}
	await database.pool.query('update monitor set missed = 5 where key = $1', ['net.dns']);
	await database.pool.query("update monitor set applies = false where key = 'net.dns'");
	await openIncident({ database, actor: 'ada' }, { service: 'bakery', title: 'The oven is cold', severity: 'minor' });

	const metrics = parse(await createMetrics({ database, stats })());
	const status = await readStatus({ database, actor: 'ada' });
	for (const { name, monitors } of status.services)
		for (const [state, count] of Object.entries(monitors))
			expect(metrics.get(`holdfast_monitors{service="${name.replaceAll('"', '\\"')}",state="${state}"}`), `${name} ${state}`).toBe(count);
	expect(status.services.map(({ notApplicable }) => notApplicable)).toEqual([1, 0]);
	for (const { name, notApplicable } of status.services)
		expect(metrics.get(`holdfast_monitors{service="${name.replaceAll('"', '\\"')}",state="not-applicable"}`)).toBe(notApplicable);
	for (const severity of ['critical', 'major', 'minor', 'info'])
		expect(metrics.get(`holdfast_incidents_open{severity="${severity}"}`)).toBe(
			status.incidents.filter((incident) => incident.severity === severity).length,
		);
	expect(metrics.get('holdfast_notifications{state="waiting"}')).toBe(status.watcher.notificationsWaiting);
	expect(metrics.get('holdfast_ticks_missed_total')).toBe(status.watcher.missed);
	const held = await database.pool.query<{ samples: number; incidents: number; failing: number; version: number }>(
		`select (select count(*)::int from observation) as samples, (select count(*)::int from incident where state = 'open') as incidents,
			(select count(*)::int from monitor where state = 'fail') as failing, (select max(version) from schema_migration) as version`,
	);
	expect(held.rows[0]).toMatchObject({ samples: 6, failing: 2 });
	expect(metrics.get('holdfast_samples_stored_total')).toBe(held.rows[0]?.samples);
	expect(status.incidents).toHaveLength(held.rows[0]?.incidents ?? -1);
	expect(metrics.get('holdfast_schema_version')).toBe(held.rows[0]?.version);
	expect(metrics.get('holdfast_database_size_bytes')).toBeGreaterThan(1_000_000);
	expect(metrics.get('holdfast_last_sample_age_seconds')).toBeLessThan(60);
	expect(metrics.get('holdfast_database_up')).toBe(1);
	expect(metrics.get('holdfast_engine_checks_total')).toBe(12);
	expect(metrics.get('holdfast_engine_lateness_seconds{quantile="0.5"}')).toBe(0.0015);
	expect(metrics.has('holdfast_engine_lateness_seconds{quantile="0.99"}')).toBe(false);
	expect(metrics.get('holdfast_engine_duty_failures_total{duty="schedule"}')).toBe(4);
});

it('names end in a unit or in _total, and each is described once', async () => {
	const text = await createMetrics({ database, stats })();
	const described = [...text.matchAll(/^# HELP (\S+) \S/gm)].map(([, name]) => name);
	expect(new Set(described).size).toBe(described.length);
	for (const [, name, kind] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) expect(name?.endsWith('_total')).toBe(kind === 'counter');
	for (const series of parse(text).keys()) expect(described).toContain(series.replace(/\{.*/, ''));
});

it('a database that hangs or is gone gives the part of the engine, in time, and is asked once', async () => {
	let connections = 0;
	const silent = createServer((socket) => {
		connections += 1;
		socket.on('error', () => undefined);
	});
	await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
	const { port } = silent.address() as { port: number };
	const pool = new pg.Pool({ connectionString: `postgres://nobody@127.0.0.1:${port}/none`, connectionTimeoutMillis: 500 });
	const hanging = {
		...database,
		pool,
		transaction: async <T>(work: (client: pg.PoolClient) => Promise<T>) => await work(await pool.connect()),
	};
	try {
		const scrape = createMetrics({ database: hanging, stats, withinMs: 50 });
		const began = performance.now();
		const [first, second] = await Promise.all([scrape(), scrape()]);
		expect(performance.now() - began).toBeLessThan(400);
		for (const text of [first, second]) {
			expect(parse(text).get('holdfast_database_up')).toBe(0);
			expect(parse(text).get('holdfast_engine_checks_total')).toBe(12);
			expect(text).not.toContain('holdfast_monitors');
		}
		expect(connections).toBe(1);
	} finally {
		await pool.end();
		silent.close();
	}
	const gone = { ...database, transaction: () => Promise.reject(new Error('connect ECONNREFUSED')) };
	expect(parse(await createMetrics({ database: gone })()).get('holdfast_database_up')).toBe(0);
});
