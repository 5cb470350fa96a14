import { expect, it } from 'vitest';
import { readDiagnosis } from './read-diagnosis.ts';

it('gives cause, proof and next step', () => {
	const stored = {
		at: '2026-11-28T03:00:00.000Z',
		roots: [
			{
				message: 'The oven is cold.',
				cause: { issue: 'Bread', text: 'No heat', line: 7 },
				proof: ['http.health status 503'],
				fix: 'Light it',
			},
			{ message: 'The door is open.', cause: null, proof: [], fix: null },
		],
		next: [{ line: 9, text: 'Look at the fuse', fix: null }],
	};
	expect(readDiagnosis(stored)).toEqual({
		at: '2026-11-28T03:00:00.000Z',
		causes: [
			{ message: 'The oven is cold.', named: { text: 'No heat', line: 7 }, proof: ['http.health status 503'], fix: 'Light it' },
			{ message: 'The door is open.', named: null, proof: [], fix: null },
		],
		next: [{ line: 9, text: 'Look at the fuse', fix: null }],
	});
});

it('leaves out what has another shape, and never throws', () => {
	for (const nothing of [null, undefined, 'x', 7, []]) expect(readDiagnosis(nothing)).toBeNull();
	expect(readDiagnosis({})).toEqual({ at: null, causes: [], next: [] });
	expect(
		readDiagnosis({
			roots: [null, 'x', { message: 3 }, { message: 'a', proof: [1, 'b'], cause: { line: 'x' } }],
			next: { line: 1, text: 'c' },
		}),
	).toEqual({
		at: null,
		causes: [{ message: 'a', named: null, proof: ['b'], fix: null }],
		next: [{ line: 1, text: 'c', fix: null }],
	});
});
