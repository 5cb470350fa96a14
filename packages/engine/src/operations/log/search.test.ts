import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../../fixtures/test-database.ts';
import { createIngestStore } from '../../intake/create-ingest-store.ts';
import { SERVICE } from '../../intake/fixtures/kept.ts';
import { addRelease } from '../release/add.ts';
import { listReleases } from '../release/list.ts';
import { listVitals } from '../vital/list.ts';
import { searchLogs } from './search.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
	await database.pool.query("insert into service (name, url) values ($1, 'https://shop.example')", [SERVICE]);
}, 120_000);
afterAll(() => database.drop());
const ada = () => ({ database, actor: 'local:ada' });
const now = Date.now();

it('finds lines by words, level and window, oldest first', async () => {
	const store = createIngestStore(database);
	const nothing = {
		source: null,
		requestId: null,
		traceId: null,
		method: null,
		path: null,
		status: null,
		durationMs: null,
		host: null,
		environment: null,
		release: null,
		deploymentId: null,
		id: null,
	};
	const lines = [
		{ ...nothing, at: now - 3_000, level: 'info', message: 'Order 4211 placed' },
		{ ...nothing, at: now - 2_000, level: 'error', message: 'order 4211 is gone: 100% of it' },
		{ ...nothing, at: now - 7_200_000, level: 'fatal', message: 'order 1 long ago' },
	] as const;
	await store.keepLines({ service: SERVICE, receivedAt: now, lines });
	await store.close();
	const messages = async (input: Parameters<typeof searchLogs>[1]) => (await searchLogs(ada(), input)).map(({ message }) => message);
	expect(await messages({})).toEqual(['Order 4211 placed', 'order 4211 is gone: 100% of it']);
	expect(await messages({ grep: '100%' })).toEqual(['order 4211 is gone: 100% of it']);
	expect(await messages({ grep: 'ORDER', level: 'error', since: '1d' })).toEqual(['order 1 long ago', 'order 4211 is gone: 100% of it']);
	await expect(searchLogs(ada(), { since: '30d' })).rejects.toMatchObject({ code: 'limit' });
	await expect(searchLogs(ada(), { level: 'loud' })).rejects.toThrow('expected trace, debug, info, warning, error, fatal');
	await expect(searchLogs(ada(), { since: '1h', until: '2h' })).rejects.toThrow('expected a moment before --until');
});

it('rates vitals by the published bounds', async () => {
	const store = createIngestStore(database);
	const sample = { route: '/', device: 'phone', release: 'shop@1.0.0', cause: null, at: now } as const;
	const samples = [
		...[1000, 2000, 4500, 4600].map((value) => ({ ...sample, metric: 'LCP' as const, value })),
		...[0.01, 0.02, 0.2, 0.2].map((value) => ({ ...sample, metric: 'CLS' as const, value })),
		{ ...sample, metric: 'TTFB' as const, value: 90 },
	];
	await store.keepVitals({ service: SERVICE, receivedAt: now, samples });
	await store.close();
	const [route] = await listVitals(ada());
	expect(route).toMatchObject({ route: '/', device: 'phone' });
	expect(route?.figures.map(({ metric, rating, count }) => [metric, rating, count])).toEqual([
		['LCP', 'poor', 4],
		['CLS', 'needs improvement', 4],
		['TTFB', 'good', 1],
	]);
	expect(await listVitals(ada(), { device: 'desktop' })).toEqual([]);
});

it('a release told twice is one, and both times the same is answered', async () => {
	expect(await addRelease(ada(), { version: 'shop@2.0.0', commit: 'abc' })).toMatchObject({
		added: true,
		release: { version: 'shop@2.0.0', commit: 'abc' },
	});
	expect(await addRelease(ada(), { version: 'shop@2.0.0' })).toMatchObject({ added: false, release: { commit: 'abc' } });
	expect((await listReleases(ada())).map(({ version }) => version)).toEqual(['shop@2.0.0', 'shop@1.0.0']);
	await expect(addRelease(ada(), { version: ' ' })).rejects.toMatchObject({ code: 'invalid' });
	await expect(addRelease(ada(), { version: 'x', service: 'other' })).rejects.toMatchObject({ code: 'not_found' });
});
