import { Secret } from '@holdfast/checks/secret';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecretEraser } from '../scrub/known-secrets.ts';
import type { DrainLine } from './drain-line.ts';
import { readJsonLines } from './read-json-lines.ts';

const NOW = 1_795_855_210_000;
const setting = { receivedAt: NOW, scrub: { erase: createSecretEraser([new Secret('correct-horse-battery')]) } };
const read = (text: string | Buffer) => readJsonLines(Buffer.from(text), setting);
const first = (line: object): DrainLine | undefined => {
	const reading = read(`${JSON.stringify(line)}\n`);
	return reading.ok ? reading.lines[0] : undefined;
};

describe('reads the names that loggers use', () => {
	it.each([
		[
			'pino',
			{ level: 50, time: NOW - 1_000, msg: 'gone', reqId: 'r-1', name: 'shop' },
			{ at: NOW - 1_000, level: 'error', message: 'gone', requestId: 'r-1', source: 'shop' },
		],
		[
			'pino-http',
			{
				level: 30,
				time: NOW,
				msg: 'request completed',
				req: { id: 7, method: 'GET', url: '/orders/1?token=x' },
				res: { statusCode: 200 },
				responseTime: 12.5,
			},
			{ requestId: '7', method: 'GET', path: '/orders/1', status: 200, durationMs: 12.5 },
		],
		[
			'winston',
			{ level: 'warn', message: 'low', timestamp: '2026-11-28T08:40:09.000Z', service: 'stock' },
			{ at: NOW - 1_000, level: 'warning', message: 'low', source: 'stock' },
		],
		[
			'OpenTelemetry',
			{ severityText: 'FATAL', body: 'dead', traceId: 'a'.repeat(32) },
			{ level: 'fatal', message: 'dead', traceId: 'a'.repeat(32), at: NOW },
		],
		['Google Cloud', { severity: 'CRITICAL', message: 'dead' }, { level: 'fatal' }],
		[
			'an error',
			{ msg: undefined, err: { message: 'boom', stack: 'Error: boom\n at x' } },
			{ level: 'error', message: 'Error: boom\n at x' },
		],
	])('%s', (_name, line, expected) => {
		expect(first(line)).toMatchObject(expected);
	});
});

it('keeps a line that is no JSON as its own message', () => {
	expect(read('plain words\n{"broken": \n\n  \n')).toMatchObject({
		ok: true,
		malformedCount: 0,
		lines: [{ message: 'plain words', level: 'info', at: NOW }, { message: '{"broken":' }],
	});
});

it('reads a JSON array as well', () => {
	expect(read('[{"msg":"a"},{"msg":"b"},3]')).toMatchObject({ ok: true, malformedCount: 1, lines: [{ message: 'a' }, { message: 'b' }] });
});

it('scrubs before anything is read', () => {
	const text = `{"msg":"login with password=hunter22","cookie":"a=1","path":"/x"}\nAuthorization: Bearer abcdef0123456789\nmy correct-horse-battery staple`;
	expect(JSON.stringify(read(text))).not.toMatch(/hunter22|abcdef0123|correct-horse/);
});

describe('holds its limits', () => {
	it('of one line, of lines, of a message', () => {
		const long = JSON.stringify({ msg: 'x'.repeat(100_000) });
		expect(read(long)).toMatchObject({ ok: true, lines: [{ message: expect.stringMatching(/^x+…$/) }] });
		expect(first({ msg: 'x'.repeat(100_000) })?.message).toHaveLength(32_768);
		expect(read(`${'y'.repeat(1_100_000)}\n{"msg":"a"}`)).toMatchObject({ ok: true, malformedCount: 1, lines: [{ message: 'a' }] });
		const many = read('{"msg":"a"}\n'.repeat(10_100));
		expect(many).toMatchObject({ ok: true, malformedCount: 100 });
	});

	it('of time: a clock that was never set is not believed', () => {
		expect(first({ msg: 'a', time: 5 })?.at).toBe(NOW);
		expect(first({ msg: 'a', time: '2031-01-01T00:00:00Z' })?.at).toBe(NOW);
	});
});

it.each(['', '\n\n', '  '])('refuses %j, which has no line', (text) => {
	expect(read(text)).toMatchObject({ ok: false });
});

it('throws for no bytes at all, and loses no line uncounted', () => {
	const line = fc.oneof(
		fc.jsonValue().map((value) => JSON.stringify(value)),
		fc.string(),
	);
	fc.assert(
		fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
			const reading = read(lines.join('\n'));
			if (reading.ok) expect(reading.lines.length + reading.malformedCount).toBeGreaterThan(0);
		}),
	);
	fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void read(Buffer.from(bytes))));
});
