import { request as send } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exception, makeEnvelope, makeEventEnvelope } from '../fixtures/make-envelope.ts';
import { holdStore, PROJECT, PUBLIC_KEY, shop } from '../fixtures/memory-ports.ts';
import { openIngest } from '../fixtures/open-ingest.ts';

const event = makeEventEnvelope(exception('OrderError', 'order 1 is gone'));

describe('an envelope', () => {
	it('is answered with its id once it is stored, and not before', async () => {
		await using open = await openIngest();
		const held = holdStore(open.memory);
		let answered = false;
		const answer = open.post(open.envelopePath, event).then((response) => {
			answered = true;
			return response;
		});
		await held.reached;
		expect(answered).toBe(false);
		held.release();
		const response = await answer;
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual({ id: 'a'.repeat(32) });
		expect(open.memory.envelopes).toMatchObject([{ service: shop.name, errors: [{ event: { id: 'a'.repeat(32) } }] }]);
		expect(open.ingest.counters.read('holdfast_ingest_items_total', { service: shop.name, kind: 'event', outcome: 'stored' })).toBe(1);
	});

	it('is taken compressed', async () => {
		await using open = await openIngest();
		const response = await open.post(open.envelopePath, gzipSync(event), { 'content-encoding': 'gzip' });
		expect(response.status).toBe(200);
		expect(open.memory.envelopes).toHaveLength(1);
	});

	it.each([
		['in X-Sentry-Auth', 'envelope/', event, { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${PUBLIC_KEY}` }, 200],
		['in Authorization', 'envelope/', event, { authorization: `Sentry sentry_key=${PUBLIC_KEY}` }, 200],
		[
			'in the envelope',
			'envelope',
			makeEnvelope([[{ type: 'event' }, { message: 'x' }]], { dsn: `https://${PUBLIC_KEY}@x.example/${PROJECT}` }),
			{},
			200,
		],
		['nowhere', 'envelope/', event, {}, 403],
		['that is wrong', 'envelope/?sentry_key=wrong', event, {}, 403],
		['that is none', 'envelope/?sentry_key=%0d%0aX:1', event, {}, 403],
		['that contradicts another', `envelope/?sentry_key=${PUBLIC_KEY}`, event, { 'x-sentry-auth': 'Sentry sentry_key=other' }, 403],
		['of another project', 'envelope/', makeEnvelope([], { dsn: `https://${PUBLIC_KEY}@x.example/43` }), {}, 403],
	])('with its key %s', async (_name, path, body, headers, status) => {
		await using open = await openIngest();
		const response = await open.post(path, body, headers);
		expect(response.status).toBe(status);
		if (status === 403) expect(open.ingest.counters.text()).toContain('reason="unauthorized"');
	});

	it('that holds nothing that is kept is answered all the same', async () => {
		await using open = await openIngest();
		const response = await open.post(open.envelopePath, makeEnvelope([[{ type: 'replay_event' }, {}]]));
		expect([response.status, await response.json()]).toEqual([200, {}]);
		expect(open.memory.envelopes).toEqual([]);
		expect(open.ingest.counters.text()).toContain('kind="replay_event",outcome="skipped"} 1');
	});
});

it('takes an event at the old address', async () => {
	await using open = await openIngest();
	const response = await open.post('store/', JSON.stringify({ event_id: 'c'.repeat(32), message: 'from a script' }), {
		'x-sentry-auth': `Sentry sentry_key=${PUBLIC_KEY}`,
	});
	expect([response.status, await response.json()]).toEqual([200, { id: 'c'.repeat(32) }]);
	expect((await open.post(`store/?sentry_key=${PUBLIC_KEY}`, 'no json')).status).toBe(400);
});

describe('the store', () => {
	it('that fails is said to the sender, counted, and logged once until it works again', async () => {
		await using open = await openIngest();
		open.memory.before = () => Promise.reject(Object.assign(new Error('holds the event'), { code: '57P03' }));
		const statuses = [await open.post(open.envelopePath, event), await open.post(open.envelopePath, event)].map(({ status }) => status);
		expect(statuses).toEqual([503, 503]);
		open.memory.before = () => Promise.resolve();
		expect((await open.post(open.envelopePath, event)).status).toBe(200);
		expect(open.log).toEqual([
			{ level: 'error', event: 'ingest.storage-failed', reason: 'Error 57P03' },
			{ level: 'info', event: 'ingest.storage-works', failures: 2 },
		]);
		expect(open.ingest.counters.read('holdfast_ingest_items_total', { service: shop.name, kind: 'event', outcome: 'lost' })).toBe(2);
	});

	it('that does not answer in time counts as failed', async () => {
		await using open = await openIngest({ settings: { storeTimeoutMs: 50, closeTimeoutMs: 100 } });
		open.memory.before = () => new Promise(() => undefined);
		expect((await open.post(open.envelopePath, event)).status).toBe(503);
	});

	it('that is not there refuses before a body is read, and shows in the health', async () => {
		await using open = await openIngest();
		open.memory.ready = false;
		expect((await open.post(open.envelopePath, event)).status).toBe(503);
		expect(await (await fetch(`${open.url}/healthz`)).json()).toEqual({ status: 'error' });
	});
});

describe('quotas', () => {
	const quotas = { error: { perSecond: 0.1, burst: 1 } };

	it('answer 429 in the words of the SDKs, and let other kinds through', async () => {
		await using open = await openIngest({ service: { ...shop, quotas } });
		expect((await open.post(open.envelopePath, event)).status).toBe(200);
		const limited = await open.post(open.envelopePath, event);
		expect(limited.status).toBe(429);
		expect(limited.headers.get('x-sentry-rate-limits')).toMatch(/^(?:9|10):error:key:quota_exceeded$/);
		expect(limited.headers.get('retry-after')).toMatch(/^(?:9|10)$/);
		const session = { sid: 'a'.repeat(32), started: '2026-11-28T08:40:00Z', attrs: { release: 'r' } };
		const mixed = await open.post(
			open.envelopePath,
			makeEnvelope([
				[{ type: 'event' }, { message: 'x' }],
				[{ type: 'session' }, session],
			]),
		);
		expect(mixed.status).toBe(200);
		expect(mixed.headers.get('x-sentry-rate-limits')).toContain(':error:');
		expect(mixed.headers.get('retry-after')).toBeNull();
		expect(open.ingest.counters.read('holdfast_ingest_items_total', { service: shop.name, kind: 'event', outcome: 'limited' })).toBe(2);
	});

	it('are not used up by strangers', async () => {
		await using open = await openIngest({ service: { ...shop, quotas: { request: { perSecond: 0.01, burst: 1 } } } });
		const strangers = ['envelope/?sentry_key=wrong', 'vitals/?key=wrong', 'store/?sentry_key=wrong', 'logs/', 'releases/', 'envelope/'];
		for (const path of strangers) expect((await open.post(path, event)).status, path).toBe(403);
		expect((await open.post(open.envelopePath, event)).status).toBe(200);
	});

	it('of requests hold for everything', async () => {
		await using open = await openIngest({ service: { ...shop, quotas: { request: { perSecond: 0.01, burst: 1 } } } });
		await open.post(open.envelopePath, event);
		const limited = await open.post(open.envelopePath, event);
		expect([limited.status, limited.headers.get('x-sentry-rate-limits')]).toEqual([
			429,
			expect.stringMatching(/^\d+::key:quota_exceeded$/),
		]);
	});
});

describe('addresses', () => {
	it.each([
		['GET', '/', 404],
		['POST', '/api/0/envelope/', 404],
		['POST', '/api/42/nothing/', 404],
		['POST', '/api/43/envelope/?sentry_key=x', 403],
		['GET', '/api/42/envelope/', 405],
		['PUT', '/api/42/logs/', 405],
		['GET', '/healthz', 200],
		['POST', '/api/42/envelope/../../etc/passwd', 404],
	])('%s %s: %i', async (method, path, status) => {
		await using open = await openIngest();
		const response = await fetch(open.url + path, { method });
		expect(response.status).toBe(status);
		if (status >= 400) expect((await response.json()).detail).not.toBe('');
	});

	it('that are not its own may be answered by others', async () => {
		await using open = await openIngest({ handleOther: (request, response) => request.url === '/a' && Boolean(response.end('page')) });
		expect(await (await fetch(`${open.url}/a`)).text()).toBe('page');
		expect((await fetch(`${open.url}/b`)).status).toBe(404);
	});
});

describe('closing', () => {
	it('lets requests come to their end, and takes no more', async () => {
		const open = await openIngest();
		const held = holdStore(open.memory);
		const answer = open.post(open.envelopePath, event);
		await held.reached;
		const closed = open.ingest.close();
		await expect(fetch(`${open.url}/healthz`)).rejects.toThrow();
		held.release();
		expect((await answer).status).toBe(200);
		await closed;
		await open.ingest.close();
	});

	it('ends what does not end by itself', async () => {
		const open = await openIngest({ settings: { closeTimeoutMs: 50 } });
		const hanging = send({ port: open.port, method: 'POST', path: `/api/${PROJECT}/${open.envelopePath}` });
		hanging.on('error', () => undefined);
		hanging.write('{}');
		await new Promise((resolve) => hanging.once('socket', (socket) => socket.once('connect', resolve)));
		await open.ingest.close();
		hanging.destroy();
	});

	it('says why it cannot listen', async () => {
		await using open = await openIngest();
		await expect(openIngestAt(open.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});
});

async function openIngestAt(port: number): Promise<void> {
	const other = await openIngest();
	await other.ingest.close();
	const { createIngest } = await import('./create-ingest.ts');
	await createIngest({ ports: other.memory.ports, now: () => Date.now(), log: () => undefined }).listen(port);
}
