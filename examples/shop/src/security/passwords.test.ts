import { describe, expect, it } from 'vitest';
import { hashPassword, isPasswordOf } from './passwords.mjs';

// A derivation is slow on purpose, and slower on a busy machine.
describe('passwords', { timeout: 60_000 }, () => {
	it('fit their own hash only, and hash differently each time', async () => {
		const [first, second] = await Promise.all([hashPassword('brass and rope'), hashPassword('brass and rope')]);
		expect(first).not.toBe(second);
		expect(first).toMatch(/^scrypt\$131072\$8\$1\$/);
		expect(await isPasswordOf('brass and rope', first)).toBe(true);
		expect(await isPasswordOf('brass and rope ', first)).toBe(false);
		expect(await isPasswordOf('', first)).toBe(false);
	});

	it.each(['', 'plain text', 'scrypt$x$8$1$aa$bb', 'scrypt$131072$8$1$$', 'bcrypt$1$2$3$aa$bb'])(
		'never fit the unreadable hash %j, and take the time of a derivation',
		async (hash) => {
			const from = performance.now();
			expect(await isPasswordOf('', hash)).toBe(false);
			expect(performance.now() - from).toBeGreaterThan(20);
		},
	);
});
