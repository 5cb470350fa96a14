import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findSecretProblem } from './configuration-problem.ts';
import { inspectSecret, isSampleValue } from './inspect-secret.ts';
import { isSameSecret } from './same-secret.ts';

describe('inspectSecret', () => {
	it.each([
		['absent', undefined, 'missing'],
		['empty', '', 'missing'],
		['31 characters', 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3Se', 'too-short'],
		['pasted with a line break', `${randomBytes(32).toString('hex')}\n`, 'white-space'],
		['a sample that is short', 'changeme', 'sample-value'],
		['a short word with few letters', 'tooshort', 'too-short'],
		['a sample repeated to length', 'changeme-changeme-changeme-changeme', 'sample-value'],
		['a sentence from an example', 'your-secret-key-must-be-at-least-32-chars', 'sample-value'],
		['one letter', 'a'.repeat(40), 'sample-value'],
		['a pattern of few characters', 'abcabcabcabcabcabcabcabcabcabcabcabc', 'sample-value'],
		['counting', '12345678901234567890123456789012', 'sample-value'],
	])('refuses %s', (_, value, code) => {
		expect(inspectSecret(value, 32)?.code).toBe(code);
	});

	it('accepts random values in every usual notation, every time', () => {
		for (let round = 0; round < 500; round++) {
			const bytes = randomBytes(32);
			for (const notation of ['hex', 'base64', 'base64url'] as const) expect(inspectSecret(bytes.toString(notation), 32)).toBeNull();
		}
	});

	it('accepts exactly the minimum length', () => {
		expect(inspectSecret('q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA', 32)).toBeNull();
	});

	it('knows samples whatever their case and punctuation', () => {
		expect(['Change-Me', 'CHANGE_ME', 'TODO', 'Secret', 'dev', '<placeholder>'].every(isSampleValue)).toBe(true);
	});
});

describe('findSecretProblem', () => {
	it('names variable, expectation and length, and never the value', () => {
		for (const value of ['hunter2hunter2', ' padded-padded-padded-padded-padded ', 'changeme'.repeat(5)]) {
			const problem = findSecretProblem('SESSION_SECRET', value);
			expect(problem).toMatchObject({ kind: 'configuration', variable: 'SESSION_SECRET', length: value.length });
			expect(problem?.message).toContain('SESSION_SECRET');
			expect(problem?.message).toContain(String(value.length));
			expect(JSON.stringify(problem)).not.toContain(value.trim());
		}
	});

	it('says that an absent variable is not set', () => {
		expect(findSecretProblem('CSRF_SECRET', undefined)).toMatchObject({
			length: null,
			message: expect.stringMatching(/^CSRF_SECRET is not set; expected .*32/),
		});
	});
});

describe('isSameSecret', () => {
	it('is equality, also for different lengths', () => {
		expect(isSameSecret('abc', 'abc')).toBe(true);
		expect(isSameSecret('abc', 'abd')).toBe(false);
		expect(isSameSecret('abc', 'abcabc')).toBe(false);
		expect(isSameSecret('', 'a')).toBe(false);
	});
});
