import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../config/load-config.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { exception, makeEventEnvelope } from '../ingest/fixtures/make-envelope.ts';
import { newId } from '../intake/fixtures/kept.ts';
import { openLine } from '../intake/fixtures/line-to-database.ts';
import { type Database, openDatabase } from '../storage/open-database.ts';
import { type IngestPart, type IngestPartOptions, startIngest, wantsIngest } from './ingest-part.ts';
import { readRoles } from './roles.ts';

let made: TestDatabase;
beforeAll(async () => {
	made = await makeTestDatabase();
}, 120_000);
afterAll(() => made.drop());

const KEY = '0123456789abcdef0123456789abcdef';
const withPort = (port: number, more = ''): string => `version: 1
services:
  shop: {url: "https://shop.example", ingest: {project: '7', keys: [${KEY}]${more}}}
ingest: {port: ${port}, metricsToken: {env: METRICS}}
`;

async function findPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// A server that listens on a port has an address of this form.
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function start(
	database: Database,
	options: Partial<IngestPartOptions> & { readonly port?: number; readonly more?: string } = {},
): Promise<IngestPart> {
	const { port = await findPort(), more, ...rest } = options;
	const ctx = createTestContext({
		files: { 'holdfast.yaml': withPort(port, more) },
		environment: { METRICS: 'scrape-me-please' },
		now: () => Date.now(),
	});
	const loaded = await loadConfig(ctx, undefined);
	if (loaded === null) throw new Error('expected a configuration');
	expect(wantsIngest(loaded)).toBe(true);
	return await startIngest(ctx, { loaded, services: new Map(), database, log: () => undefined, ...rest });
}

async function send(part: IngestPart, id = newId(), key = KEY): Promise<number> {
	const body = new Uint8Array(makeEventEnvelope(exception('OrderError', 'order 1 is gone'), id));
	return (await fetch(`${part.address.url}/api/7/envelope/?sentry_key=${key}`, { method: 'POST', body })).status;
}

const countOf = async (): Promise<unknown> =>
	(await made.pool.query('select coalesce(sum(events), 0)::int as events from error_group')).rows[0];

it('keeps what is sent with the key of the configuration, and shows pages and figures of others', { timeout: 30_000 }, async () => {
	const part = await start(made, {
		pages: [(request, response) => request.url === '/ack' && response.end('yours') !== undefined],
		moreMetrics: async () => 'holdfast_monitors 3\n',
	});
	expect([await send(part), await send(part, newId(), 'f'.repeat(32))]).toEqual([200, 403]);
	expect(await countOf()).toEqual({ events: 1 });
	expect(await (await fetch(`${part.address.url}/ack`)).text()).toBe('yours');
	expect((await fetch(`${part.address.url}/nowhere`)).status).toBe(404);
	expect((await fetch(`${part.address.url}/metrics`)).status).toBe(403);
	const metrics = await fetch(`${part.address.url}/metrics`, { headers: { authorization: 'Bearer scrape-me-please' } });
	expect(await metrics.text()).toMatch(/holdfast_ingest_items_total\{service="shop".*\n(?:.*\n)*holdfast_monitors 3\n$/);
	await part.stop();
});

it('answers 503 while the database is gone, loses nothing that it acknowledged, and goes on when it is back', {
	timeout: 60_000,
}, async () => {
	await made.pool.query('truncate error_group cascade');
	const line = await openLine(made.url);
	const database = await openDatabase(line.url);
	const part = await start(database);
	const acknowledged: string[] = [];
	const refused = new Set<number>();
	let ends = false;
	const senders = Array.from({ length: 4 }, async () => {
		while (!ends) {
			const id = newId();
			const status = await send(part, id);
			if (status === 200) acknowledged.push(id);
			else refused.add(status);
		}
	});
	const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
		while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
	};
	await until(() => acknowledged.length > 20);
	await line.cut();
	await until(async () => refused.has(503) && (await fetch(`${part.address.url}/healthz`)).status === 503);
	const before = acknowledged.length;
	await line.mend();
	await until(() => acknowledged.length > before + 20);
	ends = true;
	await Promise.all(senders);
	expect((await fetch(`${part.address.url}/healthz`)).status).toBe(200);
	expect([...refused]).toEqual([503]);
	const { rows } = await made.pool.query<{ id: string }>("select replace(id::text, '-', '') as id from error_event");
	const kept = new Set(rows.map(({ id }) => id));
	expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
	expect(await countOf()).toEqual({ events: kept.size });
	await part.stop();
	await database.close();
	await line.cut();
});

it('says in a sentence that its port is taken, and which secrets are missing', { timeout: 30_000 }, async () => {
	const first = await start(made);
	await expect(start(made, { port: first.address.port })).rejects.toThrow(
		`port ${first.address.port} of 127.0.0.1 is taken by another process`,
	);
	await first.stop();
	await expect(start(made, { more: ', drainSecrets: [{env: ONE}], releaseSecrets: [{env: TWO}]' })).rejects.toMatchObject({
		code: 'precondition',
		problems: [{ message: expect.stringContaining('ONE is not set') }, { message: expect.stringContaining('TWO is not set') }],
	});
});

it('takes roles one by one or with commas, and no others', () => {
	expect([...readRoles()]).toEqual(['engine', 'ingest']);
	expect([...readRoles(['all'])]).toEqual(['engine', 'ingest']);
	expect([...readRoles(['ingest'])]).toEqual(['ingest']);
	expect([...readRoles(['ingest,engine'])]).toEqual(['ingest', 'engine']);
	expect(() => readRoles(['ingst'])).toThrow('expected all, engine or ingest');
});
