import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { question, type Watched, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { claimDue } from '../schedule/queries.ts';
import type { SampleState } from '../transition/decide.ts';
import { dropPartitions, ensurePartitions } from './partitions.ts';
import type { Sample } from './sample.ts';
import { type StoreOptions, storeSamples } from './work.ts';

const MINUTE = 60_000;
const start = 1_790_000_000_000;
const engine = randomUUID();
let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
	await ensurePartitions(database, [start, start + 86_400_000]);
}, 120_000);
afterAll(() => database.drop());
beforeEach(() =>
	database.pool.query('truncate incident_entry, transition, incident, monitor, service, maintenance_window, audit, observation cascade'),
);

const questions = [
	question('net.dns', { severity: 'critical' }),
	question('http.status', { severity: 'critical' }),
	question('http.page path=/', { params: { path: '/' } }),
	question('env.required'),
];
let watched: Watched;
let now = start;

/** Each monitor answers in turn, `every` apart, as told; a letter for each: o, f, w, u. */
async function answer(told: Readonly<Record<string, string>>, more: Partial<StoreOptions> & { cause?: Sample['cause'] } = {}) {
	const length = Math.max(...Object.values(told).map((letters) => letters.length));
	const states: Readonly<Record<string, SampleState>> = { o: 'ok', f: 'fail', w: 'warn', u: 'unknown' };
	const transitions = [];
	for (let step = 0; step < length; step++) {
		now += 20_000;
		await claimDue(database.pool, { engine, now, aheadMs: 3_600_000, limit: 100, leaseMs: 8000 });
		const samples = Object.entries(told).flatMap(([key, letters]): Sample[] => {
			const state = states[letters[step] ?? ''];
			if (state === undefined) return [];
			return [
				{
					monitorId: watched.idOf(key),
					at: now - 5,
					state,
					durationMs: 12,
					reason: `it is ${state}`,
					detail: null,
					cause: more.cause ?? null,
				},
			];
		});
		transitions.push(...(await storeSamples(database, samples, { engine, now, ...more })).transitions);
	}
	return transitions;
}
async function incidents() {
	const { rows } = await database.pool.query('select id::int, state, cause_key, severity, title from incident order by id');
	return rows;
}
async function entries(incident: number): Promise<readonly string[]> {
	const { rows } = await database.pool.query('select kind from incident_entry where incident_id = $1 order by id', [incident]);
	return rows.map(({ kind }) => kind);
}

beforeEach(async () => {
	now = start;
	watched = await watch(database, 'bakery', questions, start);
});

describe('samples become changes, incidents and their record at once', () => {
	it('a confirmed failure opens one incident, with transition, entry and audit; recovery resolves it', async () => {
		await answer({ 'env.required': 'oof' });
		expect(await incidents()).toEqual([]);
		const [opened] = await answer({ 'env.required': 'f' });
		expect(opened).toMatchObject({ from: 'ok', to: 'fail', consequence: 'act', effect: 'opened' });
		expect(await incidents()).toMatchObject([
			{ state: 'open', cause_key: 'env.required', severity: 'major', title: 'env.required: it is fail' },
		]);
		await answer({ 'env.required': 'foo' });
		const [incident] = await incidents();
		expect(incident).toMatchObject({ state: 'resolved' });
		expect(await entries(incident.id)).toEqual(['opened', 'resolved']);
		const { rows } = await database.pool.query("select operation from audit where subject like 'incident/%' order by id");
		expect(rows.map(({ operation }) => operation)).toEqual(['incident.open', 'incident.resolve']);
		expect((await database.pool.query('select count(*)::int as count from observation')).rows[0].count).toBe(7);
	});

	it('keeps the schedule: no drift, missed ticks counted, lateness measured', async () => {
		await answer({ 'env.required': 'o' });
		await database.pool.query('update monitor set due_at = $1', [new Date(start + 100)]);
		now = start + 65_000;
		await claimDue(database.pool, { engine, now, aheadMs: 0, limit: 100, leaseMs: 8000 });
		const sample = {
			monitorId: watched.idOf('env.required'),
			at: now,
			state: 'ok' as const,
			durationMs: 1,
			reason: '',
			detail: null,
			cause: null,
		};
		expect(await storeSamples(database, [sample], { engine, now })).toMatchObject({ missed: 3, lateMs: [4900] });
		const { rows } = await database.pool.query("select due_at, missed::int, late_ms from monitor where key = 'env.required'");
		expect(rows[0]).toEqual({ due_at: new Date(start + 80_100), missed: 3, late_ms: 4900 });
	});

	it('what fails because what it stands on fails is an echo: one incident, which waits for it', async () => {
		await answer({ 'net.dns': 'off', 'http.status': 'off', 'http.page path=/': 'off' });
		expect((await incidents()).map(({ cause_key }) => cause_key)).toEqual(['net.dns']);
		await answer({ 'net.dns': 'oo', 'http.status': 'ff' });
		expect(await incidents()).toMatchObject([{ state: 'open' }]);
		await answer({ 'http.status': 'oo', 'http.page path=/': 'oo' });
		expect(await incidents()).toMatchObject([{ state: 'resolved' }]);
	});

	it('what was noticed by its consequence first is the same incident, and gets its cause and severity', async () => {
		await answer({ 'http.page path=/': 'off' });
		await answer({ 'http.status': 'off' });
		expect(await incidents()).toMatchObject([{ state: 'open', cause_key: 'http.status', severity: 'critical' }]);
		const { rows } = await database.pool.query('select effect from transition where effect is not null order by id');
		expect(rows.map(({ effect }) => effect)).toEqual(['opened', 'raised']);
	});

	it('monitors whose failure has the same root in their own run share an incident', async () => {
		const cause = { key: 'net.tcp', title: 'The port is open' };
		await answer({ 'http.status': 'ff', 'http.page path=/': 'ff', 'env.required': 'ff' }, { cause });
		expect(await incidents()).toMatchObject([{ cause_key: 'net.tcp', title: 'The port is open: it is fail' }]);
	});

	it('a cause that returns within half an hour reopens, later it is new', async () => {
		await answer({ 'env.required': 'offoo' });
		now += 20 * MINUTE;
		await answer({ 'env.required': 'ff' });
		expect(await incidents()).toMatchObject([{ state: 'open' }]);
		await answer({ 'env.required': 'oo' });
		now += 40 * MINUTE;
		await answer({ 'env.required': 'ff' });
		expect(await incidents()).toMatchObject([{ state: 'resolved' }, { state: 'open' }]);
	});

	it('a maintenance window is written down and opens nothing; own loss of network changes nothing', async () => {
		await database.pool.query(
			"insert into maintenance_window (service, name, starts_at, ends_at, created_by) values ('bakery', 'move', $1, $2, 'ada')",
			[new Date(start), new Date(start + 10 * MINUTE)],
		);
		const [change] = await answer({ 'env.required': 'off' });
		expect(change).toMatchObject({ to: 'ok' });
		expect(await incidents()).toEqual([]);
		expect(await answer({ 'http.status': 'offffff' }, { cutOff: new Set(['bakery']) })).toMatchObject([{ to: 'ok' }]);
	});

	it('who flaps is written down, not told each time', async () => {
		const changes = await answer({ 'env.required': `o${'ffoo'.repeat(4)}` });
		expect(changes.map(({ consequence }) => consequence)).toEqual([
			'none',
			'act',
			'act',
			'act',
			'act',
			'act',
			'flapping',
			'flapping',
			'flapping',
		]);
		expect(await incidents()).toHaveLength(1);
	});

	it('a sample of a monitor that another engine took is dropped', async () => {
		await claimDue(database.pool, { engine: randomUUID(), now: start, aheadMs: 0, limit: 100, leaseMs: 8000 });
		const id = watched.idOf('env.required');
		const sample = { monitorId: id, at: now, state: 'fail' as const, durationMs: 1, reason: '', detail: null, cause: null };
		expect(await storeSamples(database, [sample], { engine, now })).toMatchObject({ stored: 0, lost: [id] });
		expect((await database.pool.query('select 1 from observation')).rowCount).toBe(0);
	});

	it('two engines that see the same cause at once open one incident', async () => {
		const other = randomUUID();
		await answer({ 'env.required': 'o', 'http.status': 'o' });
		await database.pool.query('update monitor set confirm = 1, due_at = $1', [new Date(now)]);
		const [first, second] = [watched.idOf('env.required'), watched.idOf('http.status')];
		await database.pool.query('update monitor set claimed_by = case when id = $1 then $2::uuid else $3::uuid end', [first, engine, other]);
		const cause = { key: 'net.tcp', title: 'The port is open' };
		const sample = (monitorId: number) => ({
			monitorId,
			at: now,
			state: 'fail' as const,
			durationMs: 1,
			reason: 'refused',
			detail: null,
			cause,
		});
		await Promise.all([
			storeSamples(database, [sample(first)], { engine, now }),
			storeSamples(database, [sample(second)], { engine: other, now }),
		]);
		expect(await incidents()).toHaveLength(1);
	});
});

describe('partitions', () => {
	it('are made once by however many at once, and dropped whole', async () => {
		const later = start + 10 * 86_400_000;
		const made = await Promise.all(Array.from({ length: 8 }, () => ensurePartitions(database, [later])));
		expect(made.flat()).toHaveLength(1);
		expect(await dropPartitions(database, later)).toHaveLength(2);
		await ensurePartitions(database, [start, start + 86_400_000]);
	});
});
