/** What strangers send. The server answers, counts, keeps nothing wrong, and goes on answering others. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exception, makeEnvelope, makeEventEnvelope } from '../fixtures/make-envelope.ts';
import { PROJECT, shop } from '../fixtures/memory-ports.ts';
import { type OpenIngest, openIngest } from '../fixtures/open-ingest.ts';

const good = makeEventEnvelope(exception('OrderError', 'order 1 is gone'));

/** Sends bytes over a socket and reads until the other side ends it. */
function talk(port: number, parts: readonly (string | Buffer)[], keepOpen = false): Promise<string> {
	return new Promise((resolve) => {
		let heard = '';
		const socket = connect(port, '127.0.0.1', () => {
			for (const part of parts) socket.write(part);
			if (!keepOpen) socket.end();
		});
		socket.on('data', (chunk) => {
			heard += chunk.toString('latin1');
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(heard));
	});
}

async function stillWorks(open: OpenIngest): Promise<void> {
	const before = open.memory.envelopes.length;
	expect((await open.post(open.envelopePath, good)).status).toBe(200);
	expect(open.memory.envelopes).toHaveLength(before + 1);
	expect(open.ingest.counters.text()).toMatch(/holdfast_ingest_buffered_bytes \d+/);
}

/** A gigabyte of zeros, compressed: about a megabyte, a thousand members of a megabyte each. */
function makeBomb(): Buffer {
	const member = gzipSync(Buffer.alloc(1024 * 1024));
	return Buffer.concat(Array.from({ length: 1_024 }, () => member));
}

describe('bombs and floods of bytes', { timeout: 60_000 }, () => {
	it('a gigabyte in a megabyte of gzip is refused at the limit, and memory stays', async () => {
		await using open = await openIngest();
		const bomb = makeBomb();
		expect(bomb.length).toBeLessThan(2_000_000);
		const before = process.memoryUsage().rss;
		const statuses = await Promise.all(
			Array.from({ length: 8 }, async () => (await open.post(open.envelopePath, bomb, { 'content-encoding': 'gzip' })).status),
		);
		expect(statuses).toEqual(Array.from({ length: 8 }, () => 413));
		expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024);
		await stillWorks(open);
	});

	it('a line of ten megabytes is too large for an event', async () => {
		await using open = await openIngest();
		const response = await open.post(open.envelopePath, makeEnvelope([[{ type: 'event' }, { message: 'x'.repeat(10 * 1024 * 1024) }]]));
		expect([response.status, (await response.json()).detail]).toEqual([
			413,
			expect.stringContaining('of type event of at most 1048576 bytes'),
		]);
		const header = await open.post(open.envelopePath, `{"x":"${'x'.repeat(10 * 1024 * 1024)}"}\n`);
		expect(header.status).toBe(400);
		await stillWorks(open);
	});

	it('a body announced as too large is refused before it is sent', async () => {
		await using open = await openIngest();
		const answer = await talk(open.port, [
			`POST /api/${PROJECT}/${open.envelopePath} HTTP/1.1\r\nHost: x\r\nContent-Length: 209715200\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n`,
		]);
		expect(answer).toMatch(/^HTTP\/1\.1 413 /);
		await stillWorks(open);
	});

	it('a body without end is cut off at the limit', async () => {
		await using open = await openIngest({ settings: { lingerMs: 100 } });
		const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
		const head = `POST /api/${PROJECT}/${open.envelopePath} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`;
		const answer = await talk(open.port, [head, ...Array.from({ length: 25 }, () => chunk)], true);
		expect(answer).toMatch(/^HTTP\/1\.1 413 /);
		await stillWorks(open);
	});

	it('more bodies at once than may be held are refused, not held', async () => {
		await using open = await openIngest({ settings: { bufferBytes: 300_000, lingerMs: 100 } });
		open.memory.before = () => new Promise((resolve) => setTimeout(resolve, 200));
		const large = makeEnvelope([[{ type: 'event' }, { message: 'x'.repeat(100_000) }]]);
		const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await open.post(open.envelopePath, large)).status));
		expect(new Set(statuses)).toEqual(new Set([200, 503]));
		expect(open.ingest.counters.text()).toContain('reason="overloaded"');
		await stillWorks(open);
	});
});

describe('senders that take their time', { timeout: 30_000 }, () => {
	const settings = { headersTimeoutMs: 300, requestTimeoutMs: 600, checkIntervalMs: 50 };

	it('headers byte by byte are cut off', async () => {
		await using open = await openIngest({ settings });
		const answer = await talk(open.port, ['POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nX-Slow: '], true);
		expect(answer).toMatch(/^HTTP\/1\.1 408 /);
		expect(open.ingest.counters.read('holdfast_ingest_connections_dropped_total', { reason: 'timeout' })).toBe(1);
		await stillWorks(open);
	});

	it('a body that stops is cut off, and what was held of it is given back', async () => {
		await using open = await openIngest({ settings });
		await talk(
			open.port,
			[`POST /api/${PROJECT}/${open.envelopePath} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"beginning`],
			true,
		);
		expect(open.ingest.counters.text()).toContain('reason="aborted"');
		await stillWorks(open);
		expect((await (await fetch(`${open.url}/metrics`)).text()).match(/buffered_bytes (\d+)/)?.[1]).toBe('0');
	});
});

describe('HTTP that is none', () => {
	it.each([
		['noise', [Buffer.from([0, 1, 2, 255, 13, 10, 13, 10])], /^HTTP\/1\.1 400 /],
		['two lengths', ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'], /^HTTP\/1\.1 400 /],
		[
			'a length and chunks',
			['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
			/^HTTP\/1\.1 400 /,
		],
		['a header in a header', ['GET / HTTP/1.1\r\nHost: x\r\nX: a\rSet-Cookie: b\r\n\r\n'], /^HTTP\/1\.1 400 /],
		['headers without end', [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`], /^HTTP\/1\.1 431 /],
	])('%s', async (_name, parts, expected) => {
		await using open = await openIngest();
		expect(await talk(open.port, parts)).toMatch(expected);
		await stillWorks(open);
	});
});

describe('headers that try to become others', () => {
	it.each([
		['an origin', 'envelope/', { origin: 'https://x.example' }],
		['a key in the query', 'envelope/?sentry_key=a%0d%0aSet-Cookie:%20b', {}],
		['an encoding', 'envelope/', { 'content-encoding': 'x\tSet-Cookie' }],
	])('%s', async (_name, path, headers) => {
		await using open = await openIngest();
		const response = await open.post(path, good, headers);
		expect(response.headers.get('set-cookie')).toBeNull();
		expect(response.status).toBeGreaterThanOrEqual(400);
		expect(await response.text()).not.toContain('Set-Cookie');
	});

	it('an id of an event', async () => {
		await using open = await openIngest();
		const response = await open.post(
			open.envelopePath,
			makeEnvelope([[{ type: 'event' }, { event_id: 'a\r\nSet-Cookie: b', message: 'x' }]], { event_id: '\r\nSet-Cookie: b' }),
		);
		expect(await response.json()).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/) });
	});
});

describe('payloads', () => {
	const deep = (open: string, close: string, count: number) => `${open.repeat(count)}1${close.repeat(count)}`;

	it.each([
		['JSON of a hundred thousand levels', makeEnvelope([[{ type: 'event' }, `{"extra":${deep('{"a":', '}', 100_000)},"message":"x"}`]])],
		['lists of a hundred thousand levels', makeEnvelope([[{ type: 'event' }, `{"exception":${deep('[', ']', 100_000)}}`]])],
		[
			'bytes that are no UTF-8',
			Buffer.concat([Buffer.from('{}\n{"type":"event"}\n{"message":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}\n')]),
		],
		['NUL and halves of characters', makeEnvelope([[{ type: 'event' }, '{"message":"a\\u0000b\\ud800","tags":{"a\\u0000":"b"}}']])],
		[
			'fields called like prototypes',
			makeEnvelope([[{ type: 'event' }, '{"__proto__":{"release":"x"},"constructor":{"prototype":{}},"message":"x"}']]),
		],
		['half a million numbers', makeEnvelope([[{ type: 'event' }, { extra: { list: Array.from({ length: 300_000 }, () => 1) } }]])],
		[
			'a hundred thousand tags',
			makeEnvelope([[{ type: 'event' }, { tags: Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`t${index}`, 1])) }]]),
		],
	])('%s do no harm', async (_name, body) => {
		await using open = await openIngest();
		const response = await open.post(open.envelopePath, body);
		expect(response.status).toBe(200);
		const kept = JSON.stringify(open.memory.envelopes);
		expect(kept).not.toMatch(/\\u0000|\\ud800/);
		expect(kept.length).toBeLessThan(200_000);
		expect(({} as Record<string, unknown>).release).toBeUndefined();
		await stillWorks(open);
	});

	it.each([
		['half an envelope', good.subarray(0, good.length >> 1), 400],
		['an envelope of noise', Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 256)), 400],
		['a damaged gzip', gzipSync(good).subarray(0, 50), 400],
		['nothing', Buffer.alloc(0), 400],
	])('%s is refused in words', async (name, body, status) => {
		await using open = await openIngest();
		const response = await open.post(open.envelopePath, body, name.includes('gzip') ? { 'content-encoding': 'gzip' } : {});
		expect(response.status).toBe(status);
		expect((await response.json()).detail).toMatch(/^expected /);
		expect(response.headers.get('x-sentry-error')).toMatch(/^expected /);
		await stillWorks(open);
	});

	it('an encoding that is not known is refused with those that are', async () => {
		await using open = await openIngest();
		const response = await open.post(open.envelopePath, good, { 'content-encoding': 'compress' });
		expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, expect.stringContaining('gzip, deflate, br')]);
	});
});

it('a flood of beacons is limited, each refusal answered and counted', async () => {
	await using open = await openIngest({ service: { ...shop, quotas: { vital: { perSecond: 1, burst: 50 } } } });
	const body = JSON.stringify([{ metric: 'LCP', value: 1, route: '/' }]);
	const statuses = await Promise.all(
		Array.from({ length: 200 }, async () => (await open.post(`vitals/?key=${shop.publicKeys[0]}`, body)).status),
	);
	const stored = statuses.filter((status) => status === 200).length;
	expect(stored).toBeGreaterThanOrEqual(50);
	expect(stored).toBeLessThan(60);
	expect(statuses.filter((status) => status === 429)).toHaveLength(200 - stored);
	expect(open.ingest.counters.read('holdfast_ingest_items_total', { service: shop.name, kind: 'vital', outcome: 'limited' })).toBe(
		200 - stored,
	);
});
