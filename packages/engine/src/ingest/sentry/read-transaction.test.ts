import { describe, expect, it } from 'vitest';
import type { ItemSetting } from './read-error.ts';
import { readSpans } from './read-spans.ts';
import { readTransaction } from './read-transaction.ts';

const setting: ItemSetting = { id: 'e'.repeat(32), correct: (at) => at ?? 0, sdk: null };
const TRACE = '3a191f71bef340029ea85e6abcf102cb';
const trace = { trace_id: TRACE, span_id: 'a1188ad16358f9aa', op: 'http.server', status: 'ok', data: { 'http.response.status_code': 200 } };
const payload = {
	type: 'transaction',
	transaction: 'GET /orders/[id]',
	start_timestamp: 1_795_855_210.42,
	timestamp: 1_795_855_210.5,
	contexts: { trace },
	spans: [
		{
			span_id: 'a49247dff4da9724',
			parent_span_id: trace.span_id,
			trace_id: TRACE,
			op: 'db',
			description: 'SELECT',
			start_timestamp: 1_795_855_210.43,
			timestamp: 1_795_855_210.44,
			status: 'ok',
		},
		{ span_id: 'nothing', start_timestamp: 1, timestamp: 2 },
		null,
	],
	measurements: { lcp: { value: 2.1, unit: 'second' }, fcp: { value: 900, unit: 'millisecond' }, bad: { value: 'x' } },
	release: 'shop@1.4.0',
	environment: 'production',
};

it('reads a transaction of SDKs up to version 10 with its spans', () => {
	const call = readTransaction(payload, setting);
	expect(call?.transaction).toMatchObject({
		id: setting.id,
		name: 'GET /orders/[id]',
		operation: 'http.server',
		durationMs: 80,
		failed: false,
		traceId: TRACE,
		httpStatus: 200,
		measurements: { lcp: 2_100, fcp: 900 },
	});
	expect(call?.spans).toMatchObject([
		{ id: 'a49247dff4da9724', parentId: trace.span_id, segmentId: trace.span_id, name: 'SELECT', durationMs: 10 },
	]);
});

it.each([
	['without a start', { ...payload, start_timestamp: undefined }],
	['that ends before it begins', { ...payload, timestamp: 1_795_855_000 }],
	['that takes a year', { ...payload, start_timestamp: 1_765_855_210 }],
])('is none %s', (_name, raw) => {
	expect(readTransaction(raw, setting)).toBeNull();
});

it.each([
	['ok', false],
	['cancelled', false],
	['unknown', false],
	['internal_error', true],
	['not_found', true],
])('counts the status %s as Sentry does: failed %s', (status, failed) => {
	expect(readTransaction({ ...payload, contexts: { trace: { ...trace, status } } }, setting)?.transaction.failed).toBe(failed);
});

describe('spans of SDKs from version 11 on', () => {
	const attributes = {
		'sentry.op': { value: 'http.server', type: 'string' },
		'sentry.release': { value: 'shop@1.4.0', type: 'string' },
		'sentry.environment': { value: 'staging', type: 'string' },
		'sentry.segment.id': { value: '83204abfe5d20d06', type: 'string' },
		'sentry.segment.name': { value: 'GET /orders/[id]', type: 'string' },
		'http.response.status_code': { value: 500, type: 'integer' },
	};
	const span = {
		trace_id: TRACE,
		span_id: '83204abfe5d20d06',
		name: 'GET /orders/[id]',
		status: 'error',
		is_segment: true,
		start_timestamp: 1_795_855_209.009,
		end_timestamp: 1_795_855_209.011,
		attributes,
	};
	const child = { ...span, span_id: 'a0f8946e372d29bb', parent_span_id: span.span_id, name: 'SELECT', is_segment: false, status: 'ok' };

	it('a segment is a transaction, the others are spans of it', () => {
		const { transactions, spans, malformedCount } = readSpans({ version: 2, items: [child, span, { span_id: 1 }, 'x'] }, setting);
		expect(transactions).toMatchObject([
			{
				name: 'GET /orders/[id]',
				durationMs: 2,
				failed: true,
				httpStatus: 500,
				release: 'shop@1.4.0',
				environment: 'staging',
				spanId: span.span_id,
			},
		]);
		expect(transactions[0]?.id).toMatch(/^[0-9a-f]{32}$/);
		expect(spans).toMatchObject([
			{ name: 'SELECT', parentId: span.span_id, segmentId: span.span_id, transaction: 'GET /orders/[id]', failed: false },
		]);
		expect(malformedCount).toBe(2);
	});

	it('reads one bare span of before, and at most a thousand of now', () => {
		const bare = {
			trace_id: TRACE,
			span_id: 'a0f8946e372d29bb',
			op: 'db',
			description: 'SELECT',
			start_timestamp: 1_795_855_209,
			timestamp: 1_795_855_209.5,
			data: { 'sentry.release': 'r' },
		};
		expect(readSpans(bare, setting).spans).toMatchObject([{ name: 'SELECT', operation: 'db', durationMs: 500, release: 'r' }]);
		expect(readSpans({ items: Array.from({ length: 1_200 }, () => child) }, setting)).toMatchObject({ malformedCount: 200 });
	});
});
