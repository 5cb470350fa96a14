import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exception, frame } from '../fixtures/make-envelope.ts';
import { readError } from '../sentry/read-error.ts';
import { readFields } from '../values/field.ts';
import { groupError } from './group-error.ts';

const group = (payload: object) => groupError(readError(readFields(payload) ?? {}, { id: 'e'.repeat(32), correct: () => 0, sdk: null }));
const print = (payload: object) => group(payload).fingerprint;
const dependency = (name: string, rest: object = {}) =>
	frame(name, { in_app: false, module: 'express:router', filename: '/srv/app/node_modules/express/router.js', ...rest });

describe('is one group', () => {
	const base = exception('OrderError', 'order 1 is gone', [
		dependency('next'),
		frame('handle', { context_line: 'await findOrder(id)' }),
		frame('findOrder'),
	]);
	const variant = (frames: object[], value = 'order 1 is gone') => exception('OrderError', value, frames);

	it.each([
		[
			'in another release, on other lines',
			variant([dependency('next', { lineno: 900 }), frame('handle', { lineno: 99 }), frame('findOrder', { lineno: 1 })]),
		],
		['with another message', variant([frame('handle'), frame('findOrder')], 'order 99 is gone')],
		[
			'by other ways through dependencies',
			variant([dependency('a'), dependency('b'), frame('handle'), dependency('c'), frame('findOrder')]),
		],
		['after the caller was edited', variant([frame('handle', { context_line: 'return await findOrder(request.id)' }), frame('findOrder')])],
		['reached by a recursion that is deeper', variant([frame('handle'), frame('handle'), frame('handle'), frame('findOrder')])],
		[
			'with the line indented otherwise',
			variant([frame('handle'), frame('findOrder', { context_line: '        throw new Error(`order ${id} is gone`);' })]),
		],
		['called as a method', variant([frame('async handle'), frame('Object.findOrder [as run]')])],
	])('%s', (_name, payload) => {
		expect(print(payload)).toBe(print(base));
	});

	it('when the files lie in the folder of another release, under names of another build', () => {
		const at = (folder: string, hash: string) =>
			exception('E', 'x', [frame('render', { module: undefined, filename: `${folder}/.next/server/chunks/page-${hash}.js` })]);
		expect(print(at('/srv/releases/2026-11-01', '3f2a9c1b0d'))).toBe(print(at('/home/app/42', '0a1b2c3d4e')));
	});
});

describe('are two groups', () => {
	const base = exception('OrderError', 'order 1 is gone', [frame('handle'), frame('findOrder')]);

	it.each([
		['of another type', exception('PayError', 'order 1 is gone', [frame('handle'), frame('findOrder')])],
		['in another function', exception('OrderError', 'order 1 is gone', [frame('handle'), frame('deleteOrder')])],
		['in another module', exception('OrderError', 'order 1 is gone', [frame('handle'), frame('findOrder', { module: 'src:stock' })])],
		[
			'at another line of the same function',
			exception('OrderError', 'order 1 is gone', [frame('handle'), frame('findOrder', { context_line: 'throw new Error("closed")' })]),
		],
		['by another caller', exception('OrderError', 'order 1 is gone', [frame('cancel'), frame('findOrder')])],
	])('%s', (_name, payload) => {
		expect(print(payload)).not.toBe(print(base));
	});
});

describe('decides by', () => {
	it.each([
		['the stack', 'stack', exception('E', 'x')],
		['the frames there are, where none is said to be the application’s', 'stack', exception('E', 'x', [dependency('a')])],
		['type and message, without a stack', 'type', exception('E', 'order 1 is gone', [])],
		['the message', 'message', { message: 'Low stock of item 991' }],
		[
			'the message, where the SDK made up the exception',
			'message',
			{ message: 'Low stock', ...exception('Error', 'Low stock', [frame('log')], { type: 'generic', synthetic: true }) },
		],
		['the sender', 'sender', { fingerprint: ['rpc', 'POST'], message: 'x' }],
		['nothing', 'nothing', { level: 'error' }],
	])('%s', (_name, by, payload) => {
		expect(group(payload).by).toBe(by);
	});

	it('the template of a message, whatever was put in', () => {
		const message = (name: string) => ({ logentry: { message: 'hello %s', params: [name], formatted: `hello ${name}` } });
		expect(print(message('ada'))).toBe(print(message('ben')));
	});

	it('the message too, where minified code has nothing else', () => {
		const minified = (value: string) =>
			exception('TypeError', value, [
				frame('t', {
					module: undefined,
					filename: 'https://shop.example/_next/static/chunks/4821.js',
					context_line: `!function(){${'x'.repeat(300)}}`,
				}),
			]);
		expect(print(minified('a is not a function'))).not.toBe(print(minified('b is undefined')));
	});

	it('all causes of a chain', () => {
		const chain = (type: string) => ({
			exception: {
				values: [
					{ type, value: 'x', stacktrace: { frames: [frame('deep')] } },
					{ type: 'Outer', value: 'y', stacktrace: { frames: [frame('top')] } },
				],
			},
		});
		expect(print(chain('A'))).not.toBe(print(chain('B')));
	});
});

describe('the sender’s fingerprint', () => {
	const base = { ...exception('OrderError', 'order 1 is gone'), transaction: 'GET /orders', level: 'warning' };

	it('decides alone', () => {
		expect(print({ fingerprint: ['a', 'b'], ...base })).toBe(print({ fingerprint: ['a', 'b'], message: 'else' }));
		expect(print({ fingerprint: ['a', 'b'], ...base })).not.toBe(print({ fingerprint: ['ab'], ...base }));
	});

	it('is ours when it is nothing but {{ default }}', () => {
		for (const part of ['{{ default }}', '{{default}}']) expect(print({ ...base, fingerprint: [part] })).toBe(print(base));
	});

	it('refines ours', () => {
		const refined = (tenant: string, rest: object = base) => print({ ...rest, fingerprint: ['{{ default }}', tenant] });
		expect(refined('a')).toBe(refined('a'));
		expect(refined('a')).not.toBe(refined('b'));
		expect(refined('a')).not.toBe(refined('a', { ...base, ...exception('PayError', 'x') }));
	});

	it.each([
		['{{ error.type }}', 'OrderError'],
		['{{ error.value }}', 'order 1 is gone'],
		['{{ transaction }}', 'GET /orders'],
		['{{ level }}', 'warning'],
		['{{ stack.function }}', 'findOrder'],
		['{{ logger }}', '<no-logger>'],
		['{{ unheard.of }}', '{{ unheard.of }}'],
		['on {{ level }} of {{ transaction }}', 'on warning of GET /orders'],
	])('fills in %s', (variable, value) => {
		expect(group({ ...base, fingerprint: [variable] }).parts).toEqual([value]);
	});
});

describe('title and culprit', () => {
	it.each([
		[exception('TypeError', 'x is undefined\nat a'), 'TypeError: x is undefined', 'findOrder(src:orders)'],
		[{ ...exception('TypeError', ''), transaction: 'GET /a' }, 'TypeError', 'GET /a'],
		[{ message: 'Low stock\nof all' }, 'Low stock', null],
		[
			{ message: 'Low stock', ...exception('Error', 'Low stock', [frame('log')], { type: 'generic', synthetic: true }) },
			'Low stock',
			'log(src:orders)',
		],
		[exception('', '', [frame('crash')]), 'crash', 'crash(src:orders)'],
		[{}, '<unlabeled event>', null],
		[{ ...exception('KeyError', "'id'"), platform: 'python' }, "KeyError: 'id'", 'src:orders in findOrder'],
	])('%#', (payload, title, culprit) => {
		expect(group({ platform: 'node', ...payload })).toMatchObject({ title, culprit });
	});
});

it('is the same for the same code, whatever differs between two releases and two occurrences', () => {
	const name = fc.constantFrom('findOrder', 'handle', 'charge', 'render', 'loadCart');
	const stack = fc.array(name, { minLength: 1, maxLength: 6 });
	const noise = fc.record({
		line: fc.nat(9_999),
		folder: fc.constantFrom('/srv/a/src', '/home/b/c/src', '/x/releases/77/src'),
		value: fc.string(),
		release: fc.string(),
		id: fc.uuid(),
		user: fc.string(),
	});
	const build = (
		names: readonly string[],
		{ line, folder, value, release, user }: { line: number; folder: string; value: string; release: string; user: string },
	) => ({
		...exception(
			'OrderError',
			value,
			names.map((one) =>
				frame(one, { lineno: line, colno: line, module: undefined, filename: `${folder}/orders.ts`, context_line: `call ${one}` }),
			),
		),
		release,
		user: { id: user },
	});
	fc.assert(
		fc.property(stack, noise, noise, (names, one, other) => {
			expect(print(build(names, one))).toBe(print(build(names, other)));
		}),
	);
});

it('tells any two stacks apart that differ in a function', () => {
	const name = fc.constantFrom('findOrder', 'handle', 'charge', 'render', 'loadCart');
	const stack = fc.uniqueArray(name, { minLength: 1, maxLength: 5 });
	fc.assert(
		fc.property(stack, stack, (one, other) => {
			const of = (names: readonly string[]) =>
				print(
					exception(
						'E',
						'x',
						names.map((each) => frame(each)),
					),
				);
			expect(of(one) === of(other)).toBe(one.join() === other.join());
		}),
	);
});
