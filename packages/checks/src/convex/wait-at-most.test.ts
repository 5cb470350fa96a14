import { expect, it } from 'vitest';
import { waitAtMost } from './wait-at-most.ts';

it('gives the value in time, and the other one when it is late', async () => {
	expect(await waitAtMost(1000, Promise.resolve('here'), 'late')).toBe('here');
	expect(await waitAtMost(5, new Promise<string>(() => {}), 'late')).toBe('late');
});

it('hands an error on', async () => {
	await expect(waitAtMost(1000, Promise.reject(new Error('no')), 'late')).rejects.toThrow('no');
});
