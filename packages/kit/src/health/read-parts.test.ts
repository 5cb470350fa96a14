import { expect, it } from 'vitest';
import { readParts } from './read-parts.ts';

it('takes what is given and leaves out the rest', () => {
	const maintenance = { on: false, since: null };
	const revocation = { ageSeconds: 3, stale: false };
	expect(
		readParts({ maintenance: { report: () => maintenance }, revocation: { report: () => revocation }, vitals: { report: () => [] } }),
	).toEqual({ maintenance, revocation, vitals: [] });
	expect(readParts({})).toEqual({});
});

it('survives a part that throws', () => {
	const broken = () => {
		throw new Error('no');
	};
	expect(readParts({ vitals: { report: broken } })).toEqual({});
});
