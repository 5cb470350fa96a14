/** The routes beside the SDKs': browsers, log drains, releases, metrics. */
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Secret } from '@holdfast/checks/secret';
import { describe, expect, it } from 'vitest';
import { exception, makeEventEnvelope } from '../fixtures/make-envelope.ts';
import { PROJECT, PUBLIC_KEY, shop } from '../fixtures/memory-ports.ts';
import { openIngest } from '../fixtures/open-ingest.ts';
import { signForHoldfast } from '../signature/verify-signature.ts';

const event = makeEventEnvelope(exception('OrderError', 'order 1 is gone'));
const beacon = JSON.stringify([{ metric: 'LCP', value: 2_000, route: '/', device: 'phone' }]);

describe('browsers', () => {
	const origin = 'https://shop.example';

	it('may ask first, and read the answer with its limits', async () => {
		await using open = await openIngest();
		const preflight = await fetch(`${open.url}/api/${PROJECT}/envelope/`, {
			method: 'OPTIONS',
			headers: { origin, 'access-control-request-method': 'POST' },
		});
		expect(preflight.status).toBe(204);
		expect(preflight.headers.get('access-control-allow-headers')).toContain('x-sentry-auth');
		const response = await open.post(open.envelopePath, event, { origin });
		expect(response.headers.get('access-control-allow-origin')).toBe(origin);
		expect(response.headers.get('access-control-expose-headers')).toMatch(/X-Sentry-Rate-Limits.*Retry-After/);
	});

	it('of other origins are refused where the service names its own', async () => {
		await using open = await openIngest({ service: { ...shop, origins: [origin] } });
		expect((await open.post(open.envelopePath, event, { origin: 'https://evil.example' })).status).toBe(403);
		expect((await open.post(open.envelopePath, event, { origin })).status).toBe(200);
		expect((await open.post(open.envelopePath, event)).status).toBe(200);
	});

	it('send beacons', async () => {
		await using open = await openIngest();
		const response = await open.post(`vitals/?key=${PUBLIC_KEY}&release=shop%401.4.0`, beacon, {
			origin,
			'content-type': 'application/json',
		});
		expect([response.status, response.headers.get('access-control-allow-credentials')]).toEqual([200, 'true']);
		expect(open.memory.vitals).toMatchObject([
			{ service: shop.name, samples: [{ metric: 'LCP', value: 2_000, route: '/', device: 'phone', release: 'shop@1.4.0' }] },
		]);
		expect((await open.post(`vitals/?key=${PUBLIC_KEY}`, '{}')).status).toBe(400);
		expect((await open.post('vitals/?key=wrong', beacon)).status).toBe(403);
		expect((await open.post(`vitals/?key=${PUBLIC_KEY}`, `[${' '.repeat(20_000)}]`)).status).toBe(413);
	});
});

describe('log drains', () => {
	const line = '{"msg":"gone","level":"error"}\n';

	it('take JSON lines with a bearer token or signed', async () => {
		await using open = await openIngest();
		const signature = signForHoldfast(Buffer.from(line), new Secret('drain-secret-1'), Date.now());
		const statuses = [
			await open.post('logs/', line, { authorization: 'Bearer drain-secret-1' }),
			await open.post('logs/', line, { 'x-holdfast-signature': signature }),
			await open.post('logs/', line, { authorization: 'Bearer wrong' }),
			await open.post('logs/', `${line} `, { 'x-holdfast-signature': signature }),
			await open.post('logs/', line),
		].map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 403, 403, 403]);
		expect(open.memory.lines).toHaveLength(2);
	});

	it('of Vercel are signed over the raw body, and found by their header', async () => {
		await using open = await openIngest();
		const body = JSON.stringify([{ id: '1', source: 'lambda', timestamp: Date.now(), level: 'info', message: 'hello' }]);
		const sign = (bytes: string | Buffer) => createHmac('sha1', 'vercel-drain-secret').update(bytes).digest('hex');
		const good = await open.post('logs/vercel/', body, { 'x-vercel-signature': sign(body) });
		expect([good.status, good.headers.get('x-vercel-verify')]).toEqual([200, 'verify-me-123']);
		const zipped = gzipSync(body);
		expect((await open.post('logs/vercel', zipped, { 'x-vercel-signature': sign(body), 'content-encoding': 'gzip' })).status).toBe(200);
		expect((await open.post('logs/vercel', zipped, { 'x-vercel-signature': sign(zipped), 'content-encoding': 'gzip' })).status).toBe(200);
		expect((await open.post('logs/vercel/', body, { 'x-vercel-signature': sign('other') })).status).toBe(403);
		expect((await open.post('logs/vercel/', body)).status).toBe(403);
		expect(open.memory.lines).toHaveLength(3);
		for (const look of [await open.post('logs/vercel/', '[]'), await fetch(`${open.url}/api/${PROJECT}/logs/vercel/`)])
			expect([look.status, look.headers.get('x-vercel-verify')]).toEqual([200, 'verify-me-123']);
	});
});

describe('releases', () => {
	it('come by a signed webhook', async () => {
		await using open = await openIngest();
		const body = JSON.stringify({ version: 'shop@1.4.0', id: 'deploy-7' });
		const signature = signForHoldfast(Buffer.from(body), new Secret('release-secret-1'), Date.now());
		const response = await open.post('releases/', body, { 'x-holdfast-signature': signature });
		expect([response.status, await response.json()]).toEqual([200, { kept: 1, id: 'deploy-7' }]);
		expect(open.memory.releases).toMatchObject([{ service: shop.name, notice: { version: 'shop@1.4.0', event: 'live' } }]);
		expect((await open.post('releases/', body)).status).toBe(403);
	});

	it('come by a webhook of Vercel', async () => {
		await using open = await openIngest();
		const body = JSON.stringify({
			id: 'uev_1',
			type: 'deployment.promoted',
			createdAt: Date.now(),
			payload: { deployment: { id: 'dpl_1', meta: {} }, target: 'production' },
		});
		const sign = (text: string) => createHmac('sha1', 'vercel-hook-secret').update(text).digest('hex');
		expect((await open.post('releases/vercel/', body, { 'x-vercel-signature': sign(body) })).status).toBe(200);
		expect(open.memory.releases).toMatchObject([{ notice: { version: 'dpl_1', event: 'live' } }]);
		const other = body.replace('deployment.promoted', 'project.removed');
		expect(await (await open.post('releases/vercel/', other, { 'x-vercel-signature': sign(other) })).json()).toMatchObject({ kept: 0 });
		expect((await open.post('releases/vercel/', body, { 'x-vercel-signature': sign(other) })).status).toBe(403);
	});
});

describe('/metrics', () => {
	it('is for this machine, and not by way of a proxy', async () => {
		await using open = await openIngest();
		await open.post(open.envelopePath, event);
		const metrics = await fetch(`${open.url}/metrics`);
		expect(metrics.headers.get('content-type')).toContain('text/plain; version=0.0.4');
		const text = await metrics.text();
		expect(text).toContain('holdfast_ingest_requests_total{route="envelope",status="200"} 1');
		expect(text).toContain(`holdfast_ingest_items_total{service="${shop.name}",kind="event",outcome="stored"} 1`);
		expect((await fetch(`${open.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403);
	});

	it('asks for the token where there is one', async () => {
		await using open = await openIngest({ metricsToken: new Secret('scrape-me-please') });
		expect((await fetch(`${open.url}/metrics`)).status).toBe(403);
		expect((await fetch(`${open.url}/metrics`, { headers: { authorization: 'Bearer scrape-me-please' } })).status).toBe(200);
	});
});
