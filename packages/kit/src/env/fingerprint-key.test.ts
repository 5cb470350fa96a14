import { describe, expect, it } from 'vitest';
import { defineEnv, integer, secret, string } from '../env.ts';
import { readFingerprintKey } from './fingerprint-key.ts';

const KEY = 'Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeAq8Zr1';
const OTHER_KEY = 'Zx4Vb7Nm1Qw9Er3Ty6Ui8Op2As5Df0Gh';
const SECRET = 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA';
const schema = { SESSION_SECRET: secret(), NOTE: string({ optional: true }), SIZE: integer({ default: 12 }) };
const reportOf = (source: Record<string, string>) => defineEnv(schema, source).report();
const fingerprintOf = (source: Record<string, string>, name = 'SESSION_SECRET') =>
	reportOf(source).variables.find((variable) => variable.name === name)?.fingerprint;

describe('readFingerprintKey', () => {
	it.each([undefined, '', 'x'.repeat(31)])('makes nothing of %j', (key) => expect(readFingerprintKey(key)).toBeNull());
	it('counts bytes, not characters', () => expect(readFingerprintKey('ä'.repeat(16))).not.toBeNull());
	it('keeps 32 bits of an id and 64 bits of a fingerprint', () => {
		const key = readFingerprintKey(KEY);
		expect(key?.id).toMatch(/^[0-9a-f]{8}$/);
		expect(key?.fingerprint('A', 'b')).toMatch(/^[0-9a-f]{16}$/);
		// The id is no part of any fingerprint of nothing.
		expect(key?.fingerprint('', '')).not.toContain(key?.id);
	});
	it('shares the id among those that share the key', () => {
		expect(readFingerprintKey(KEY)?.id).toBe(readFingerprintKey(KEY)?.id);
		expect(readFingerprintKey(KEY)?.id).not.toBe(readFingerprintKey(OTHER_KEY)?.id);
	});
	it('does not confuse where the name ends', () => {
		const key = readFingerprintKey(KEY);
		expect(key?.fingerprint('AB', 'C')).not.toBe(key?.fingerprint('A', 'BC'));
		expect(key?.fingerprint('A', 'same')).not.toBe(key?.fingerprint('B', 'same'));
	});
});

describe('the report of an environment', () => {
	it('tells presence and length only without a key', () => {
		const report = reportOf({ SESSION_SECRET: SECRET });
		expect(report.keyId).toBeNull();
		expect(report.variables.map((variable) => variable.fingerprint)).toEqual([null, null, null]);
	});

	it('tells whether a value changed, under the key of the environment', () => {
		const source = { SESSION_SECRET: SECRET, HOLDFAST_FINGERPRINT_KEY: KEY };
		expect(reportOf(source).keyId).toBe(readFingerprintKey(KEY)?.id);
		expect(fingerprintOf(source)).toBe(fingerprintOf({ ...source }));
		expect(fingerprintOf(source)).not.toBe(fingerprintOf({ ...source, SESSION_SECRET: OTHER_KEY }));
		expect(fingerprintOf(source)).not.toBe(fingerprintOf({ ...source, HOLDFAST_FINGERPRINT_KEY: OTHER_KEY }));
	});

	it('takes a key given as an option before the one of the environment', () => {
		const env = defineEnv(schema, { SESSION_SECRET: SECRET, HOLDFAST_FINGERPRINT_KEY: KEY }, { fingerprintKey: OTHER_KEY });
		expect(env.report().keyId).toBe(readFingerprintKey(OTHER_KEY)?.id);
	});

	it('has no fingerprint of what is absent or empty', () => {
		const source = { SESSION_SECRET: SECRET, NOTE: '', HOLDFAST_FINGERPRINT_KEY: KEY };
		expect([fingerprintOf(source, 'NOTE'), fingerprintOf(source, 'SIZE')]).toEqual([null, null]);
	});

	it('has one of a value that is not as declared', () => {
		expect(fingerprintOf({ SESSION_SECRET: 'k3J9xQ2m', HOLDFAST_FINGERPRINT_KEY: KEY })).toMatch(/^[0-9a-f]{16}$/);
	});

	it('holds no value, nor the beginning or the end of one, nor the key', () => {
		const source = { SESSION_SECRET: SECRET, NOTE: 'Wq7#remember', SIZE: '73519', HOLDFAST_FINGERPRINT_KEY: KEY };
		const env = defineEnv(schema, source);
		const told = JSON.stringify([env.report(), env.problems, env.warnings]);
		for (const value of Object.values(source)) for (const part of [value.slice(0, 4), value.slice(-4)]) expect(told).not.toContain(part);
	});

	it('warns of a key that is too short and works without', () => {
		const env = defineEnv(schema, { SESSION_SECRET: SECRET, HOLDFAST_FINGERPRINT_KEY: 'k3J9xQ2m' });
		expect(env.ok).toBe(true);
		expect(env.report().keyId).toBeNull();
		expect(env.warnings).toEqual([
			{
				name: 'HOLDFAST_FINGERPRINT_KEY',
				message:
					'HOLDFAST_FINGERPRINT_KEY: expected at least 32 bytes, got 8. No fingerprints are made; set it to the output of `openssl rand -base64 48`.',
			},
		]);
	});

	it('refuses a key that is no text', () => {
		expect(() => defineEnv(schema, {}, { fingerprintKey: 5 as never })).toThrow(
			/^defineEnv: option fingerprintKey: expected a string, got /,
		);
	});
});
