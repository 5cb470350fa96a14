import { randomUUID } from 'node:crypto';
import type { Observation } from '@holdfast/checks/contract';
import { diagnose } from '@holdfast/checks/diagnosis';
import { readRunbook } from '@holdfast/runbook/read';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from '../fixtures/build-observation.ts';
import { question, type Watched, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { summarise } from '../local/run-diagnosis.ts';
import { dayOf, ensurePartitions } from '../observe/partitions.ts';
import type { Sample } from '../observe/sample.ts';
import { sampleOf } from '../observe/sample.ts';
import { storeSamples } from '../observe/work.ts';
import { claimDue } from '../schedule/queries.ts';
import type { Diagnose, StoredDiagnosis } from './diagnose-port.ts';
import { type AttachReport, attachDiagnosis } from './work.ts';

const KEYS = ['env.secret', 'http.status', 'http.health', 'http.page', 'convex.reachable', 'http.list'] as const;
type Key = (typeof KEYS)[number];
const engine = randomUUID();
let database: TestDatabase;
let watched: Watched;
let now = 0;
beforeAll(async () => {
	database = await makeTestDatabase();
	const today = Date.now();
	await ensurePartitions(database, [today - 86_400_000, today, today + 86_400_000]);
	expect(dayOf(today)).not.toBe('');
}, 120_000);
afterAll(() => database.drop());
beforeEach(async () => {
	await database.pool.query('truncate incident_entry, transition, incident, monitor, service, notification, audit, observation cascade');
	now = await database.now();
	watched = await watch(
		database,
		'bakery',
		KEYS.map((key) => question(key, { confirm: 1 })),
		now,
	);
});

const FAULTS: Readonly<Record<Key, Partial<Observation>>> = {
	'env.secret': {
		reason: 'SESSION_SECRET is 8 characters long',
		findings: [{ code: 'secret.short', severity: 'fail', message: 'SESSION_SECRET is 8 characters long', fix: 'Set 32.' }],
	},
	'http.status': failing('status.server-error', '/ answers 503'),
	'http.health': failing('health.error', '/api/health says error'),
	'http.page': failing('page.server-error', '/ answers 503'),
	'convex.reachable': {
		subject: 'https://happy.convex.example',
		...failing('convex.unreachable', 'the deployment does not answer'),
	},
	'http.list': failing('list.short', 'no loaves are listed'),
};
function failing(code: string, message: string): Partial<Observation> {
	return { reason: message, findings: [{ code, severity: 'fail', message }] };
}
const seen = (key: Key, state: 'ok' | 'fail') => answerOf(key, state, state === 'fail' ? FAULTS[key] : {});

/** Answers of monitors, as they would be stored. */
async function answer(told: Partial<Record<Key, 'ok' | 'fail'>>): Promise<void> {
	now = await database.now();
	await database.pool.query('update monitor set due_at = $1, claimed_until = null', [new Date(now)]);
	await claimDue(database.pool, { engine, now, aheadMs: 0, limit: 100, leaseMs: 8000 });
	const samples = Object.entries(told).map(
		([key, state]): Sample => sampleOf(seen(key as Key, state), { monitorId: watched.idOf(key), at: now, cause: null }),
	);
	await storeSamples(database, samples, { engine, now });
}
function verdict(fails: readonly Key[]): StoredDiagnosis {
	const empty = readRunbook('# Bakery\n');
	if (!empty.ok) throw new Error('expected a runbook');
	const told = diagnose({
		runbook: empty.runbook,
		observations: KEYS.map((key) => seen(key, fails.includes(key) ? 'fail' : 'ok')),
		asked: null,
		service: 'bakery',
		startedAt: new Date(now).toISOString(),
		durationMs: 900,
	});
	return summarise(told, 'RUNBOOK.md');
}
async function look(fails: readonly Key[] | Diagnose): Promise<readonly AttachReport[]> {
	const made: Diagnose = typeof fails === 'function' ? fails : async () => verdict(fails);
	const reports: AttachReport[] = [];
	for (;;) {
		const report = await attachDiagnosis(database, { services: ['bakery'], diagnose: made });
		if (report === null) return reports;
		reports.push(report);
	}
}
async function open() {
	const { rows } = await database.pool.query<{ id: number; cause_key: string; title: string; members: readonly string[] }>(
		`select id::int, cause_key, title, (select coalesce(array_agg(key order by monitor.id), '{}') from monitor where monitor.state = 'fail' and exists (select from transition where monitor_id = monitor.id and incident_id = incident.id)) as members
		from incident where state in ('open', 'acknowledged') order by id`,
	);
	return rows;
}
async function texts(incident: number, kind: string): Promise<readonly string[]> {
	const { rows } = await database.pool.query('select text from incident_entry where incident_id = $1 and kind = $2 order by id', [
		incident,
		kind,
	]);
	return rows.map(({ text }) => text);
}

describe('one incident for one cause', () => {
	it('what fails by one 503 is one incident, named by its cause, with proof and what was seen first', async () => {
		await answer({ 'http.health': 'fail' });
		await answer({ 'http.status': 'fail', 'env.secret': 'fail' });
		expect(await open()).toHaveLength(1);
		expect(await look(['env.secret', 'http.health', 'http.status'])).toMatchObject([
			{ roots: ['SESSION_SECRET is 8 characters long'], reason: null },
		]);
		const [incident] = await open();
		expect(incident).toMatchObject({
			cause_key: 'env.secret',
			title: expect.stringContaining('SESSION_SECRET is 8 characters long'),
			members: ['env.secret', 'http.status', 'http.health'],
		});
		expect(await texts(incident?.id ?? 0, 'opened')).toEqual(['http.health: 1 sample: /api/health says error']);
		expect(await texts(incident?.id ?? 0, 'diagnosis')).toEqual([
			'Cause: SESSION_SECRET is 8 characters long. Proof: env.secret: SESSION_SECRET is 8 characters long; http.status: / answers 503; http.health: /api/health says error. Next: Set 32. (6 checks asked)',
		]);
		const { rows } = await database.pool.query("select kind from incident_entry where tell_at is not null and kind = 'diagnosis'");
		expect(rows).toHaveLength(1);

		// I7: what fails later and is explained belongs to it.
		await answer({ 'http.page': 'fail' });
		expect((await open()).map(({ members }) => members)).toEqual([['env.secret', 'http.status', 'http.health', 'http.page']]);
		await answer({ 'env.secret': 'ok', 'http.status': 'ok', 'http.health': 'ok', 'http.page': 'ok' });
		expect(await open()).toEqual([]);
	});

	it('two faults at once are one for now, and two once the diagnosis has told; both are told', async () => {
		await answer({ 'http.status': 'fail', 'convex.reachable': 'fail' });
		expect(await open()).toHaveLength(1);
		await look(['convex.reachable', 'env.secret', 'http.status']);
		const members = (await open()).map(({ members: [only] }) => only);
		expect(members).toHaveLength(2);
		expect(new Set(members)).toEqual(new Set(['convex.reachable', 'http.status']));
		const told = await database.pool.query("select 1 from incident_entry where kind = 'opened' and tell_at is not null");
		expect(told.rowCount).toBe(1);
		const parted = await database.pool.query("select 1 from incident_entry where kind = 'split'");
		expect(parted.rowCount).toBe(1);
	});

	it('the same cause with two incidents is one again, the older', async () => {
		await answer({ 'http.health': 'fail' });
		await look([]);
		await answer({ 'http.status': 'fail' });
		expect(await open()).toHaveLength(2);
		await database.pool.query('update incident set diagnosis_tried_at = null');
		await look(['env.secret', 'http.status', 'http.health']);
		expect(await open()).toMatchObject([{ cause_key: 'env.secret', members: ['http.status', 'http.health'] }]);
		expect((await database.pool.query("select 1 from incident where state = 'merged'")).rowCount).toBe(1);
	});
});

describe('the work', () => {
	it('two engines at once make one diagnosis, and none again at once', async () => {
		await answer({ 'http.status': 'fail' });
		let made = 0;
		const slow: Diagnose = async () => {
			made += 1;
			await new Promise((resolve) => setTimeout(resolve, 100));
			return verdict(['http.status']);
		};
		await Promise.all([look(slow), look(slow), look(slow)]);
		await look(slow);
		expect(made).toBe(1);
	});

	it('of a service one at a time, also where it has several incidents', async () => {
		for (const key of ['http.status', 'convex.reachable'] as const) {
			await answer({ [key]: 'fail' });
			await look([]);
		}
		expect(await open()).toHaveLength(2);
		await database.pool.query('update incident set diagnosis_tried_at = null');
		let [running, most] = [0, 0];
		const slow: Diagnose = async () => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setTimeout(resolve, 50));
			running -= 1;
			return verdict(['http.status', 'convex.reachable']);
		};
		await Promise.all([look(slow), look(slow), look(slow)]);
		expect(most).toBe(1);
	});

	it('a clock that goes back an hour holds nothing up', async () => {
		await answer({ 'http.status': 'fail' });
		await database.pool.query(
			"update incident set diagnosis_claimed_until = now() + interval '61 minutes', diagnosis_tried_at = now() + interval '1 hour'",
		);
		expect(await look(['http.status'])).toHaveLength(1);
	});

	it('a diagnosis that breaks is said, and costs the incident nothing', async () => {
		await answer({ 'http.status': 'fail' });
		expect(await look(() => Promise.reject(new TypeError('with a token')))).toMatchObject([
			{ roots: null, reason: 'it broke (TypeError)' },
		]);
		expect(await open()).toMatchObject([{ cause_key: 'http.status', members: ['http.status'] }]);
	});
});

it('whatever fails and whatever diagnoses say, each failing monitor has exactly one open incident', async () => {
	const key = fc.constantFrom(...KEYS);
	const step = fc.oneof(
		fc.record({ fails: fc.uniqueArray(key, { maxLength: 6 }) }),
		fc.record({ looks: fc.uniqueArray(key, { maxLength: 6 }) }),
	);
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
			await database.pool.query('truncate incident_entry, transition, incident, audit, observation cascade');
			await database.pool.query("update monitor set state = 'ok', candidate = null");
			for (const one of steps) {
				if ('fails' in one) await answer(Object.fromEntries(KEYS.map((name) => [name, one.fails.includes(name) ? 'fail' : 'ok'])));
				else {
					await database.pool.query('update incident set diagnosis_tried_at = null');
					await look(one.looks);
				}
				const { rows } = await database.pool.query<{ key: string; open: number; excuse: string | null }>(
					`select key, (select count(distinct incident.id)::int from incident join transition on incident_id = incident.id
							where incident.state in ('open', 'acknowledged') and monitor_id = monitor.id) as open,
						(select consequence from transition where monitor_id = monitor.id order by id desc limit 1) as excuse
					from monitor where state = 'fail'`,
				);
				expect(rows.filter(({ open: count, excuse }) => count !== 1 && excuse !== 'flapping')).toEqual([]);
				const idle = (await open()).filter(({ members }) => members.length === 0);
				expect(idle).toEqual([]);
			}
		}),
		{ numRuns: 12 },
	);
}, 120_000);
