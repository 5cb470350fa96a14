import { noHistory } from '@holdfast/checks/history';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentVendors } from '../../../../packages/checks/src/fixtures/silent-vendors.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { createIngestStore } from '../intake/create-ingest-store.ts';
import { errorEnvelope, itemsEnvelope, newId, SERVICE } from '../intake/fixtures/kept.ts';
import { resolveService } from '../service/resolve-service.ts';
import { runServiceChecks } from '../service/run-service-checks.ts';
import { useOpen, useStored, withBuiltinSentry } from './with-builtin-sentry.ts';

let database: TestDatabase;
beforeAll(async () => {
	database = await makeTestDatabase();
}, 120_000);
afterAll(() => database.drop());

const KEY = '0123456789abcdef0123456789abcdef';
const yaml = `version: 1\nservices:\n  ${SERVICE}: {url: "https://shop.example", sentry: builtin, ingest: {project: '7', keys: [${KEY}]}}\n`;

async function ask(id: string) {
	const ctx = createTestContext({ files: { 'holdfast.yaml': yaml }, now: () => Date.now() });
	const vendors = async () => withBuiltinSentry(silentVendors, useOpen(database));
	const { target } = await resolveService(ctx, {});
	const observations = await runServiceChecks({ ...ctx, vendors }, { target, requests: [{ id, params: {} }], history: noHistory });
	return observations.find((one) => one.check === id);
}

it('an application that never sent anything is unknown, with what would make it known', async () => {
	expect(await ask('sentry.errors')).toMatchObject({
		state: 'unknown',
		reason: 'The application has never reported anything to Holdfast',
		enable: expect.stringContaining('DSN'),
	});
});

it('errors, transactions and sessions are judged as those of Sentry', { timeout: 30_000 }, async () => {
	const store = createIngestStore(database);
	const now = Date.now();
	for (let index = 0; index < 6; index += 1) {
		const transaction = {
			event_id: newId(),
			type: 'transaction',
			transaction: 'GET /orders',
			start_timestamp: now / 1000 - 4,
			timestamp: now / 1000,
			contexts: { trace: { trace_id: newId(), span_id: 'b'.repeat(16), op: 'http.server', status: 'ok' } },
		};
		await store.keepEnvelope(itemsEnvelope([[{ type: 'transaction' }, transaction]]));
	}
	expect(await ask('sentry.errors')).toMatchObject({ state: 'ok' });
	await store.keepEnvelope(errorEnvelope({ user: 'ada' }));
	expect(await ask('sentry.errors')).toMatchObject({ state: 'fail', reason: expect.stringContaining('OrderError') });
	expect(await ask('sentry.performance')).toMatchObject({ state: 'fail', reason: expect.stringContaining('GET /orders') });
	await database.pool.query("update error_group set state = 'resolved'");
	expect(await ask('sentry.errors')).toMatchObject({ state: 'ok' });
	await store.close();
});

it('without a Holdfast that runs it is unknown, and says how to have it', async () => {
	const { sentry } = withBuiltinSentry(silentVendors, useStored(createTestContext()));
	const target = { url: 'x', org: 'holdfast', project: SERVICE, home: '/nowhere' };
	expect(await sentry.readErrors(target, 15, AbortSignal.timeout(1000))).toMatchObject({
		kind: 'no-answer',
		enable: expect.stringContaining('holdfast up'),
	});
});
