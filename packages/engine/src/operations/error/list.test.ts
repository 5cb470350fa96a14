import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { makeTestDatabase, type TestDatabase } from '../../fixtures/test-database.ts';
import { createIngestStore, type PostgresIngestStore } from '../../intake/create-ingest-store.ts';
import { errorEnvelope, SERVICE } from '../../intake/fixtures/kept.ts';
import { ignoreError } from './ignore.ts';
import { listErrors } from './list.ts';
import { reopenError } from './reopen.ts';
import { resolveError } from './resolve.ts';
import { showError } from './show.ts';

let database: TestDatabase;
let store: PostgresIngestStore;
beforeAll(async () => {
	database = await makeTestDatabase();
	store = createIngestStore(database);
}, 120_000);
afterAll(async () => {
	await store.close();
	await database.drop();
});
beforeEach(async () => {
	await database.pool.query('truncate error_group, audit, app_release cascade');
});

const ada = () => ({ database, actor: 'local:ada' });
const report = (options: Parameters<typeof errorEnvelope>[0] = {}) => store.keepEnvelope(errorEnvelope(options));
const idOf = async (): Promise<number> => (await listErrors(ada(), { state: 'all' }))[0]?.id ?? Number.NaN;

it('lists what was reported, the most frequent first, by state, time and release', async () => {
	const now = Date.now();
	await report({ release: 'shop@1.0.0' });
	await report({ type: 'LoudError', release: 'shop@1.1.0' });
	await report({ type: 'LoudError', release: 'shop@1.1.0' });
	await report({ type: 'OldError', at: now - 3 * 86_400_000 });
	const titles = async (input: Parameters<typeof listErrors>[1]) =>
		(await listErrors(ada(), input)).map(({ title }) => title.split(':')[0]);
	expect(await titles({})).toEqual(['LoudError', 'OrderError']);
	expect(await titles({ since: '7d' })).toEqual(
		['LoudError', 'OldError', 'OrderError'].sort((a, b) => (a === 'LoudError' ? -1 : b === 'LoudError' ? 1 : a < b ? 1 : -1)),
	);
	expect(await titles({ release: 'shop@1.0.0' })).toEqual(['OrderError']);
	expect(await titles({ service: 'other' })).toEqual([]);
	await expect(listErrors(ada(), { since: 'soon' })).rejects.toThrow('--since: expected how long ago, or a date, got "soon"');
	await expect(listErrors(ada(), { state: 'closed' })).rejects.toThrow('expected open, resolved, ignored or all');
});

it('shows the newest event with its stack, its days and releases', async () => {
	await report({ release: 'shop@1.0.0', at: Date.now() - 1000 });
	await report({ release: 'shop@1.1.0' });
	const record = await showError(ada(), { id: await idOf() });
	expect(record.event?.causes[0]?.frames.at(-1)).toMatchObject({ function: 'findOrder', inApp: true });
	expect(record.event?.release).toBe('shop@1.1.0');
	expect(record.perDay).toHaveLength(14);
	expect(record.perDay.reduce((sum, count) => sum + count, 0)).toBe(2);
	expect(record.releases).toEqual([
		{ release: 'shop@1.1.0', count: 1 },
		{ release: 'shop@1.0.0', count: 1 },
	]);
});

it('resolved, it is open again when it comes back, and the audit names who did what', async () => {
	await report();
	const id = await idOf();
	expect(await resolveError(ada(), { id })).toMatchObject({ state: 'resolved' });
	expect(await listErrors(ada())).toEqual([]);
	await expect(resolveError(ada(), { id })).rejects.toMatchObject({ code: 'conflict' });
	await report({ at: Date.now() + 50 });
	expect(await listErrors(ada())).toMatchObject([{ id, state: 'open', regressions: 1, count: 2 }]);
	const { rows } = await database.pool.query('select actor, operation from audit order by id');
	expect(rows).toEqual([
		{ actor: 'local:ada', operation: 'error.resolve' },
		{ actor: 'holdfast', operation: 'error.return' },
	]);
});

it('resolved in the next release, the one it was seen in may go on', async () => {
	await report({ release: 'shop@1.0.0' });
	const id = await idOf();
	await resolveError(ada(), { id, inRelease: true });
	await report({ release: 'shop@1.0.0', at: Date.now() + 50 });
	expect(await listErrors(ada(), { state: 'resolved' })).toMatchObject([{ count: 2 }]);
	await report({ release: 'shop@1.0.1', at: Date.now() + 60 });
	expect(await listErrors(ada())).toMatchObject([{ count: 3, regressions: 1 }]);
});

it('of two that resolve at once one is refused', async () => {
	await report();
	const id = await idOf();
	const outcomes = await Promise.allSettled([resolveError(ada(), { id }), resolveError(ada(), { id })]);
	expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('ignored and opened again; of another service it is not there', async () => {
	await report();
	const id = await idOf();
	await expect(ignoreError(ada(), { id, service: 'other' })).rejects.toMatchObject({ code: 'not_found' });
	expect(await ignoreError(ada(), { id, service: SERVICE })).toMatchObject({ state: 'ignored' });
	expect(await reopenError(ada(), { id })).toMatchObject({ state: 'open' });
	await expect(showError(ada(), { id: Number.NaN })).rejects.toMatchObject({ code: 'not_found' });
});
