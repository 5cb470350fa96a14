import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exception, frame } from '../fixtures/make-envelope.ts';
import { readFields } from '../values/field.ts';
import { type ItemSetting, readError } from './read-error.ts';

const setting: ItemSetting = { id: 'e'.repeat(32), correct: (at) => at ?? 7, sdk: 'sentry.outer 1' };
const read = (payload: object) => readError(readFields(payload) ?? {}, setting);

it('reads what people look at, and nothing it does not know', () => {
	const event = read({
		timestamp: 1_795_855_209.034,
		level: 'warning',
		platform: 'node',
		...exception('OrderError', 'order 4211 is gone'),
		transaction: 'GET /orders/[id]',
		release: 'shop@1.4.0',
		environment: 'staging',
		server_name: 'web-1',
		tags: { area: 'orders', count: 3 },
		user: { id: 7, email: 'ada@shop.example', ip_address: '203.0.113.9', geo: { city: 'x' } },
		request: {
			method: 'POST',
			url: 'https://shop.example/orders',
			query_string: [['page', '2']],
			headers: [['Accept', '*/*']],
			cookies: 'a=1',
			data: 'x',
		},
		contexts: { trace: { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }, runtime: { name: 'node' }, odd: 'text' },
		breadcrumbs: { values: [{ timestamp: 1_795_855_200, category: 'http', message: 'GET /', data: { status: 200 } }] },
		modules: { react: '19' },
		unheard_of: { of: true },
	});
	expect(event).toMatchObject({
		id: setting.id,
		at: 1_795_855_209_034,
		level: 'warning',
		release: 'shop@1.4.0',
		environment: 'staging',
		tags: { area: 'orders', count: '3' },
		user: { id: '7', email: 'ada@shop.example', name: null },
		request: { method: 'POST', url: 'https://shop.example/orders', query: 'page=2', headers: { Accept: '*/*' } },
		contexts: { runtime: { name: 'node' } },
		traceId: 'a'.repeat(32),
		sdk: 'sentry.outer 1',
	});
	expect(event.causes).toMatchObject([
		{ type: 'OrderError', message: 'order 4211 is gone', handled: true, frames: [{ function: 'findOrder', line: 10, inApp: true }] },
	]);
	expect(event.breadcrumbs).toHaveLength(1);
	const text = JSON.stringify(event);
	for (const unknown of ['203.0.113.9', 'unheard_of', 'react', 'cookies']) expect(text).not.toContain(unknown);
});

describe('messages', () => {
	it.each([
		[{ message: 'plain' }, { text: 'plain', template: null }],
		[{ message: { formatted: 'order 7 is gone', message: 'order %s is gone' } }, { text: 'order 7 is gone', template: 'order %s is gone' }],
		[{ logentry: { message: 'order %s of %d', params: ['7', 2] } }, { text: 'order 7 of 2', template: 'order %s of %d' }],
		[{ logentry: { message: 'no parameters' } }, { text: 'no parameters', template: null }],
		[{ message: 12 }, { text: '12', template: null }],
		[{ message: [] }, null],
	])('%j', (payload, message) => {
		expect(read(payload).message).toEqual(message);
	});
});

describe('exceptions', () => {
	const value = { type: 'A', value: 'b' };

	it.each([
		['in values', { exception: { values: [value, value] } }, 2],
		['as a list', { exception: [value] }, 1],
		['as one', { exception: value }, 1],
		['empty ones', { exception: { values: [null, {}, 3, value] } }, 1],
		['of another kind', { exception: 'no' }, 0],
	])('%s', (_name, payload, count) => {
		expect(read(payload).causes).toHaveLength(count);
	});

	it('keeps the ends of a stack that is too long', () => {
		const frames = Array.from({ length: 200 }, (_, index) => frame(`call${index}`));
		const [cause] = read(exception('A', 'b', frames)).causes;
		expect(cause?.frames.map((one) => one.function)).toHaveLength(50);
		expect([cause?.frames[0]?.function, cause?.frames.at(-1)?.function]).toEqual(['call0', 'call199']);
	});
});

it('drops what is of the wrong kind and keeps the rest', () => {
	const event = read({
		level: 'catastrophe',
		release: { no: 1 },
		tags: 'none',
		user: 'ada',
		request: 4,
		contexts: [1],
		breadcrumbs: 'many',
		fingerprint: 'one',
		timestamp: 'later',
		message: 'kept',
	});
	expect(event).toMatchObject({
		level: 'error',
		release: null,
		tags: {},
		user: null,
		request: null,
		contexts: {},
		breadcrumbs: [],
		fingerprint: null,
		at: 7,
	});
	expect(event.message?.text).toBe('kept');
});

it('reads anything without throwing, and never more than a bounded size of it', () => {
	const field = fc.constantFrom(
		'exception',
		'message',
		'tags',
		'user',
		'request',
		'contexts',
		'breadcrumbs',
		'extra',
		'fingerprint',
		'timestamp',
		'sdk',
		'level',
	);
	fc.assert(
		fc.property(fc.dictionary(field, fc.jsonValue({ maxDepth: 4 }), { maxKeys: 8 }), (payload) => {
			expect(read(payload).id).toBe(setting.id);
		}),
	);
	const huge = 'x'.repeat(500_000);
	const bloated = read({
		message: huge,
		transaction: huge,
		extra: { huge, more: huge },
		contexts: { a: { huge }, b: { huge } },
		tags: { [huge]: huge },
		server_name: huge,
	});
	expect(JSON.stringify(bloated).length).toBeLessThan(100_000);
});
