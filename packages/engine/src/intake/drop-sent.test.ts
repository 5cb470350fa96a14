import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { readRetention } from '../retention/decide.ts';
import { createIngestStore } from './create-ingest-store.ts';
import { dropSent } from './drop-sent.ts';
import { errorEnvelope, SERVICE } from './fixtures/kept.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const DAY = 86_400_000;
const NOW = Math.floor(Date.now() / 1000) * 1000;

it('drops what is older than its time, keeps the group and what is younger', async () => {
	const store = createIngestStore(database);
	await store.keepEnvelope(errorEnvelope({ at: NOW - 5 * DAY }));
	await store.keepEnvelope(errorEnvelope({ at: NOW }));
	const sample = { metric: 'LCP', value: 1, route: '/', device: 'phone', release: null, cause: null } as const;
	const samples = [
		{ ...sample, at: NOW - 100 * DAY },
		{ ...sample, at: NOW },
	];
	await store.keepVitals({ service: SERVICE, receivedAt: NOW, samples });
	await store.close();
	expect(await dropSent(database, NOW, readRetention({ events: '3d' }))).toBe(2);
	const { rows } = await database.pool.query(
		`select (select count(*)::int from error_event) as events, (select events::int from error_group) as counted, (select count(*)::int from sent_rollup) as vitals`,
	);
	expect(rows).toEqual([{ events: 1, counted: 2, vitals: 1 }]);
});
