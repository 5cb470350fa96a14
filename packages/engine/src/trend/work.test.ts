import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerOf } from '../fixtures/build-observation.ts';
import { question, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { readRetention } from '../retention/decide.ts';
import { dropOld } from '../retention/work.ts';
import { addTo, emptyHistogram, encode } from '../storage/histogram.ts';
import { createTrends } from './work.ts';

const HOUR = 3_600_000;
const t0 = Date.UTC(2026, 4, 1, 12);
let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const seen = (check: string, at: number, measurements: Readonly<Record<string, number>>) =>
	answerOf(check, 'ok', {
		startedAt: new Date(at).toISOString(),
		measurements: Object.entries(measurements).map(([name, value]) => ({ name, value, unit: 'bytes' as const })),
	});
const point = (fromMs: number, stepMs: number, count: number, value: number) => ({
	fromMs,
	toMs: fromMs + stepMs,
	count,
	p50: value,
	p75: value,
	p95: value,
});

it('keeps the figures that are compared once for each minute, and no others', async () => {
	await watch(database, 'shop', [question('server.memory-trend'), question('http.health')], t0);
	const trends = createTrends(database);
	const [heap, minute] = [{ check: 'server.memory-trend', measurement: 'heap 0a1b2c3d' }, 60_000];
	await trends.keep('shop', [
		seen('server.memory-trend', t0 + 5000, { 'heap 0a1b2c3d': 60e6, 'memory 0a1b2c3d': 90e6, other: 1 }),
		seen('http.health', t0, { 'heap 0a1b2c3d': 1 }),
	]);
	await trends.keep('shop', [seen('server.memory-trend', t0 + 20_000, { 'heap 0a1b2c3d': 99e6 })]);
	await trends.keep('shop', [seen('server.memory-trend', t0 + 65_000, { 'heap 0a1b2c3d': 70e6 })]);
	// Watched by nobody: left out, and nothing fails.
	await trends.keep('elsewhere', [seen('server.memory-trend', t0, { 'heap 0a1b2c3d': 1 })]);
	const span = { fromMs: t0 - HOUR, toMs: t0 + HOUR };
	expect(await trends.readerOf('shop').read(heap, { ...span, stepMs: minute })).toEqual([
		point(t0, minute, 1, 60e6),
		point(t0 + minute, minute, 1, 70e6),
	]);
	expect(await trends.readerOf('shop').read(heap, { ...span, stepMs: HOUR })).toEqual([
		{ ...point(t0, HOUR, 2, 60e6), p75: 70e6, p95: 70e6 },
	]);
	expect(await trends.readerOf('elsewhere').read(heap, { ...span, stepMs: minute })).toEqual([]);
	expect((await database.pool.query('select 1 from measurement')).rowCount).toBe(3);
});

it('reads how long checks of one path took by the hour, whatever their bounds', async () => {
	const key = 'http.latency max=500';
	const { idOf } = await watch(
		database,
		'bakery',
		[
			question('http.latency', { params: {} }),
			question(key, { params: { max: '500' } }),
			question('http.latency path=/bread', { params: { path: '/bread' } }),
		],
		t0,
	);
	const write = (of: string, at: number, values: readonly number[]) =>
		database.pool.query(`insert into rollup (monitor_id, grain, at, durations) values ($1, 'h', $2, $3)`, [
			idOf(of),
			new Date(at),
			encode(addTo(emptyHistogram, values)),
		]);
	await write('http.latency', t0, [100, 100, 100]);
	await write(key, t0, [100]);
	await write(key, t0 + HOUR, []);
	await write('http.latency path=/bread', t0, [900]);
	const read = (value: string) =>
		createTrends(database)
			.readerOf('bakery')
			.read({ check: 'http.latency', where: { name: 'path', value, byDefault: '/' } }, { fromMs: t0, toMs: t0 + 2 * HOUR, stepMs: 60_000 });
	const [front, ...none] = (await read('/')) ?? [];
	expect(front).toMatchObject({ fromMs: t0, toMs: t0 + HOUR, count: 4 });
	expect(Math.abs((front?.p50 ?? 0) - 100)).toBeLessThan(1.1);
	expect(none).toEqual([]);
	expect((await read('/bread'))?.[0]?.count).toBe(1);
	expect(await read('/nowhere')).toEqual([]);
});

it('takes away what is older than it is compared with, and a database that is gone harms no check', async () => {
	const now = await database.now();
	const { idOf } = await watch(database, 'old', [question('server.memory-trend')], now);
	for (const days of [8, 10])
		await database.pool.query('insert into measurement values ($1, $2, $3, 1)', [
			idOf('server.memory-trend'),
			'heap a',
			new Date(now - days * 24 * HOUR),
		]);
	await dropOld(database, readRetention());
	const { rows } = await database.pool.query('select at from measurement where monitor_id = $1', [idOf('server.memory-trend')]);
	expect(rows).toHaveLength(1);
	const lost: string[] = [];
	const broken = createTrends({ pool: { query: async () => Promise.reject(new Error('gone')) } as never }, (reason) => lost.push(reason));
	await broken.keep('old', [seen('server.memory-trend', now, { 'heap a': 1 })]);
	expect(lost).toEqual(['gone']);
});
