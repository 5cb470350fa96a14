import { describe, expect, it } from 'vitest';
import { boolean, defineEnv, integer, oneOf, secret, string, url } from '../env.ts';
import { editDistance, findNearestName } from './nearest-name.ts';

const GOOD = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';

describe('defineEnv', () => {
	it('gives typed values', () => {
		const env = defineEnv(
			{
				NAME: string(),
				APP_URL: url(),
				SESSION_SECRET: secret(),
				PAGE_SIZE: integer({ min: 1, max: 100, default: 12 }),
				VERBOSE: boolean({ default: false }),
				MODE: oneOf(['fast', 'slow'], { default: 'fast' }),
				NOTE: string({ optional: true }),
			},
			{ NAME: ' two words ', APP_URL: 'https://shop.example', SESSION_SECRET: GOOD, VERBOSE: 'ON', MODE: 'slow' },
		);
		if (!env.ok) throw new Error(env.message);
		const size: number = env.values.PAGE_SIZE;
		const mode: 'fast' | 'slow' = env.values.MODE;
		const note: string | undefined = env.values.NOTE;
		expect({ ...env.values }).toEqual({
			NAME: ' two words ',
			APP_URL: 'https://shop.example',
			SESSION_SECRET: GOOD,
			PAGE_SIZE: 12,
			VERBOSE: true,
			MODE: 'slow',
			NOTE: undefined,
		});
		expect([size, mode, note]).toEqual([12, 'slow', undefined]);
	});

	it('reports every problem at once and keeps the valid values', () => {
		const env = defineEnv({ A_URL: url(), B: integer(), C: boolean(), D: string() }, { A_URL: 'nope', B: '1.5', C: 'maybe', D: 'here' });
		expect(env.ok).toBe(false);
		expect(env.problems.map((problem) => [problem.name, problem.code])).toEqual([
			['A_URL', 'malformed'],
			['B', 'malformed'],
			['C', 'malformed'],
		]);
		expect(env.values.D).toBe('here');
		expect(env.ok ? '' : env.message.split('\n')).toHaveLength(4);
	});

	it.each([
		['a missing variable', string(), undefined, 'missing'],
		['an empty variable', string(), '', 'empty'],
		['text below its minimum', string({ min: 3 }), 'ab', 'too-short'],
		['a URL without scheme', url(), 'shop.example', 'malformed'],
		['a URL of another scheme', url({ schemes: ['https'] }), 'http://shop.example', 'malformed'],
		['a URL with white space', url(), 'https://shop.example ', 'white-space'],
		['a short secret', secret(), 'k3J9xQ2mW8', 'too-short'],
		['a sample secret', secret(), 'changeme-changeme-changeme-changeme', 'sample-value'],
		['a secret with a line break', secret(), `${GOOD}\n`, 'white-space'],
		['a fraction', integer(), '3.5', 'malformed'],
		['a number in words', integer(), 'three', 'malformed'],
		['an exponent', integer(), '1e3', 'malformed'],
		['a number below its range', integer({ min: 5 }), '4', 'out-of-range'],
		['a number above its range', integer({ max: 5 }), '6', 'out-of-range'],
		['a number that JavaScript cannot hold', integer(), '9999999999999999', 'out-of-range'],
		['neither true nor false', boolean(), 'ja', 'malformed'],
		['another word', oneOf(['a', 'b']), 'A', 'not-allowed'],
	])('refuses %s', (_, variable, raw, code) => {
		const env = defineEnv({ X_VARIABLE: variable }, { X_VARIABLE: raw });
		expect(env.problems.map((problem) => problem.code)).toEqual([code]);
		expect(env.ok ? '' : env.message).toMatch(/X_VARIABLE: expected .+, got .+\./);
	});

	it.each(['1', 'TRUE', 'yes', 'On'])('reads %s as true', (raw) => {
		expect(defineEnv({ X: boolean() }, { X: raw }).values.X).toBe(true);
	});
	it.each(['0', 'False', 'NO', 'off'])('reads %s as false', (raw) => {
		expect(defineEnv({ X: boolean() }, { X: raw }).values.X).toBe(false);
	});

	it('counts an empty value as absent where absence is allowed', () => {
		const env = defineEnv({ A: string({ optional: true }), B: integer({ default: 3 }) }, { A: '', B: '' });
		expect(env).toMatchObject({ ok: true, values: { A: undefined, B: 3 } });
	});

	it('names the variable that was probably meant', () => {
		const env = defineEnv({ SESSION_SECRET: secret() }, { SESSION_SECERT: GOOD });
		expect(env.problems[0]?.message).toContain('SESSION_SECERT is set');
		expect(env.report().variables[0]).toMatchObject({ nearest: 'SESSION_SECERT', present: false });
	});

	it('warns when an optional variable is absent and nearly its name is set', () => {
		const env = defineEnv({ CSRF_SECRET_PREVIOUS: secret({ optional: true }) }, { CSRF_SECRET_PREVIOS: GOOD });
		expect(env.ok).toBe(true);
		expect(env.warnings).toEqual([{ name: 'CSRF_SECRET_PREVIOUS', message: expect.stringContaining('CSRF_SECRET_PREVIOS') }]);
	});

	it('never suggests a variable that is itself declared', () => {
		const env = defineEnv({ SHOP_SECRET_A: secret(), SHOP_SECRET_B: secret() }, { SHOP_SECRET_A: GOOD });
		expect(env.report().variables.map((variable) => variable.nearest)).toEqual([null, null]);
	});

	it('shows no value anywhere: not in problems, not in the message, not in the report', () => {
		const values = { S: 'tooshort-s3cr3t', U: 'not-a-url-v4lue', I: 'v4lue-i', B: 'v4lue-b', O: 'v4lue-o', T: 'fine-v4lue', W: ` ${GOOD}` };
		const env = defineEnv({ S: secret(), U: url(), I: integer(), B: boolean(), O: oneOf(['x']), T: string(), W: secret() }, values);
		const { problems, warnings } = env;
		const text = JSON.stringify([problems, warnings, env.ok ? '' : env.message, env.report()]);
		for (const value of Object.values(values)) expect(text).not.toContain(value.trim());
	});

	it('reports names, presence and length', () => {
		const env = defineEnv(
			{ SESSION_SECRET: secret(), PAGE_SIZE: integer({ default: 1 }), MISSING_ONE: url() },
			{ SESSION_SECRET: 'k3J9xQ2m' },
		);
		expect(env.report()).toEqual({
			ok: false,
			keyId: null,
			variables: [
				{
					name: 'SESSION_SECRET',
					kind: 'secret',
					required: true,
					present: true,
					length: 8,
					minLength: 32,
					problem: 'too-short',
					nearest: null,
					fingerprint: null,
				},
				{
					name: 'PAGE_SIZE',
					kind: 'integer',
					required: false,
					present: false,
					length: null,
					minLength: null,
					problem: null,
					nearest: null,
					fingerprint: null,
				},
				{
					name: 'MISSING_ONE',
					kind: 'url',
					required: true,
					present: false,
					length: null,
					minLength: null,
					problem: 'missing',
					nearest: null,
					fingerprint: null,
				},
			],
		});
	});

	it('does not follow later changes of its source', () => {
		const source: Record<string, string> = { A: 'one' };
		const env = defineEnv({ A: string() }, source);
		source.A = 'another';
		expect(env.report().variables[0]?.length).toBe(3);
	});

	it('is not fooled by names that objects inherit', () => {
		expect(defineEnv({ constructor: string() }, {}).problems[0]?.code).toBe('missing');
	});

	it.each([
		['a name with a dash', () => defineEnv({ 'A-B': string() }, {})],
		['a minimum of 0', () => secret({ min: 0 })],
		['a default secret', () => secret({ default: 'x' } as never)],
		['a default that is out of range', () => integer({ max: 3, default: 4 })],
		['a range upside down', () => integer({ min: 3, max: 2 })],
		['no words to choose from', () => oneOf([])],
		['a default that is no choice', () => oneOf(['a'], { default: 'b' as 'a' })],
		['optional and default together', () => string({ optional: true, default: 'x' } as never)],
		['no schemes', () => url({ schemes: [] })],
	])('refuses a declaration with %s at once', (_, declare) => {
		expect(declare).toThrow(/expected .*, got /);
	});
});

describe('findNearestName', () => {
	it.each([
		['SESSION_SECRET', 'SESSION_SECERT', 1],
		['SESSION_SECRET', 'SESION_SECRET', 1],
		['ABC', 'ABC', 0],
		['ABC', '', 3],
		['', '', 0],
		['KITTEN', 'SITTING', 3],
	])('counts edits between %s and %s', (left, right, distance) => {
		expect(editDistance(left, right)).toBe(distance);
		expect(editDistance(right, left)).toBe(distance);
	});

	it('ignores case, prefers the nearest, and keeps quiet about far ones', () => {
		expect(findNearestName('SESSION_SECRET', ['session_secret'])).toBe('session_secret');
		expect(findNearestName('SESSION_SECRET', ['SESION_SECERT', 'SESSION_SECRT'])).toBe('SESSION_SECRT');
		expect(findNearestName('SESSION_SECRET', ['CSRF_SECRET', 'PATH'])).toBeNull();
		expect(findNearestName('TZ', ['TX', 'T'])).toBeNull();
	});
});
