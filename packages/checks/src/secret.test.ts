import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { Secret } from './secret.ts';

const value = 'correct-horse-battery-staple';

describe('Secret', () => {
	it.each([
		['text', (secret: Secret) => String(secret)],
		['JSON', (secret: Secret) => JSON.stringify({ secret })],
		['inspection', (secret: Secret) => inspect({ nested: [secret] }, { depth: 9, showHidden: true })],
		['format', (secret: Secret) => format('%s %o %j', secret, secret, secret)],
		['concatenation', (secret: Secret) => ['', secret].join('')],
		['spreading', (secret: Secret) => JSON.stringify({ ...secret })],
	])('does not show its value in %s', (_way, print) => {
		expect(print(new Secret(value))).not.toContain('horse');
	});

	it('gives the value and its length when asked by name', () => {
		const secret = new Secret(value);
		expect(secret.reveal()).toBe(value);
		expect(secret.length).toBe(value.length);
	});
});
