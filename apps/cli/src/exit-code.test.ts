import { describe, expect, it } from 'vitest';
import { type ExitCode, pickExitCode } from './exit-code.ts';

describe('pickExitCode', () => {
	it.each<[ExitCode[], ExitCode]>([
		[[], 0],
		[[0, 3], 3],
		[[3, 1], 1],
		[[1, 4], 4],
		[[4, 5], 5],
		[[5, 2], 2],
		[[1, 2, 3, 4, 5, 0], 2],
	])('of %j takes %i', (codes, picked) => {
		expect(pickExitCode(codes)).toBe(picked);
	});
});
