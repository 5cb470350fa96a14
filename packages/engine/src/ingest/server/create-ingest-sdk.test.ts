/** The official SDK as applications use it, in processes of their own, against the server on loopback. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { shop } from '../fixtures/memory-ports.ts';
import { type OpenIngest, openIngest } from '../fixtures/open-ingest.ts';
import type { KeptEnvelope } from '../ports.ts';

const sender = fileURLToPath(new URL('../fixtures/sentry-sender.mjs', import.meta.url));

/** @returns the exit code: 0 when the SDK says that all of it is sent. */
function run(open: OpenIngest, ...words: readonly string[]): Promise<number | null> {
	const child = spawn(process.execPath, [sender, open.dsn, ...words], { stdio: ['ignore', 'inherit', 'inherit'] });
	return new Promise((resolve) => child.once('exit', resolve));
}

const all = <K extends keyof KeptEnvelope>(open: OpenIngest, kind: K): KeptEnvelope[K] =>
	open.memory.envelopes.flatMap((envelope) => envelope[kind] as unknown as unknown[]) as unknown as KeptEnvelope[K];

describe('@sentry/node', { timeout: 30_000 }, () => {
	it('delivers an error with its stack, its release and its group, and no secret', async () => {
		await using open = await openIngest();
		expect(await run(open, 'stream', 'error', 'error')).toBe(0);
		const errors = all(open, 'errors');
		expect(errors).toHaveLength(2);
		const [first, second] = errors;
		expect(first).toMatchObject({
			event: {
				level: 'error',
				release: 'shop@1.4.0',
				environment: 'production',
				user: { id: 'user-7' },
				tags: { area: 'orders' },
				sdk: expect.stringMatching(/^sentry\.javascript\.node 11\./),
				causes: [
					{ type: 'TypeError', message: 'fetch failed' },
					{ type: 'OrderError', message: 'order 4211 is gone', handled: true },
				],
			},
			grouping: { by: 'stack', title: 'OrderError: order 4211 is gone', culprit: expect.stringContaining('findOrder') },
		});
		expect(first?.event.causes[1]?.frames.at(-1)).toMatchObject({
			function: 'findOrder',
			inApp: true,
			source: expect.stringContaining('throw new OrderError'),
		});
		expect(second?.grouping.fingerprint).toBe(first?.grouping.fingerprint);
		expect(second?.event.id).not.toBe(first?.event.id);
		expect(JSON.stringify(errors)).not.toMatch(/hunter22|tok-123456789/);
	});

	it('delivers a message, which is grouped by its words', async () => {
		await using open = await openIngest();
		await run(open, 'stream', 'message');
		expect(all(open, 'errors')).toMatchObject([
			{ event: { level: 'warning' }, grouping: { by: 'message', title: 'Low stock of item 991' } },
		]);
	});

	it.each([['stream'], ['static']])('delivers a transaction with its span, as %s', async (mode) => {
		await using open = await openIngest();
		await run(open, mode, 'transaction');
		expect(all(open, 'transactions')).toMatchObject([
			{ name: 'GET /orders/[id]', operation: 'http.server', failed: false, release: 'shop@1.4.0', environment: 'production' },
		]);
		const [transaction] = all(open, 'transactions');
		expect(all(open, 'spans')).toMatchObject([
			{
				name: 'SELECT orders',
				operation: 'db',
				transaction: 'GET /orders/[id]',
				traceId: transaction?.traceId,
				segmentId: transaction?.spanId,
			},
		]);
	});

	it('delivers sessions', async () => {
		await using open = await openIngest();
		await run(open, 'stream', 'session');
		const sessions = all(open, 'sessions');
		expect(sessions.some(({ first }) => first)).toBe(true);
		expect(sessions.at(-1)).toMatchObject({ release: 'shop@1.4.0', environment: 'production' });
		expect(sessions.map(({ status }) => status)).toContain('exited');
	});

	it('delivers the check-ins of a job with its plan', async () => {
		await using open = await openIngest();
		await run(open, 'stream', 'checkin');
		const checkIns = all(open, 'checkIns').toSorted(
			(a, b) => (a.status === 'in_progress' ? -1 : 1) - (b.status === 'in_progress' ? -1 : 1),
		);
		expect(checkIns).toMatchObject([
			{
				monitor: 'nightly-report',
				status: 'in_progress',
				plan: { schedule: { kind: 'crontab', value: '0 1 * * *' }, maxRuntimeMinutes: 10, marginMinutes: 5 },
			},
			{ monitor: 'nightly-report', status: 'ok', durationMs: expect.any(Number) },
		]);
		expect(checkIns[1]?.id).toBe(checkIns[0]?.id);
	});

	it('delivers logs, and compresses what is large', async () => {
		await using open = await openIngest();
		await run(open, 'stream', 'log', 'big');
		expect(all(open, 'lines')).toMatchObject([{ level: 'warning', message: 'stock is low', release: 'shop@1.4.0' }]);
		expect(all(open, 'errors')).toMatchObject([{ grouping: { title: 'Error: a big one' } }]);
	});

	it('stops when the quota is used up, and reports what it threw away', async () => {
		await using open = await openIngest({ service: { ...shop, quotas: { error: { perSecond: 0.001, burst: 3 } } } });
		await run(open, 'stream', 'flood');
		const limited = open.ingest.counters.read('holdfast_ingest_items_total', { service: shop.name, kind: 'event', outcome: 'limited' });
		expect(all(open, 'errors')).toHaveLength(3);
		expect(limited).toBe(1);
		const losses = all(open, 'losses');
		expect(new Set(losses.map(({ reason, category }) => `${reason} ${category}`))).toEqual(new Set(['ratelimit_backoff error']));
		expect(losses.reduce((total, { quantity }) => total + quantity, 0)).toBe(6);
	});
});
