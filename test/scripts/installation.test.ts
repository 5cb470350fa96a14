import { expect, it } from 'vitest';
import { findMissingPackages } from '../../scripts/steps/installation.mjs';

const lock = {
	packages: {
		'': {},
		'packages/kit': { version: '0.1.0' },
		'node_modules/@holdfast/kit': { link: true },
		'node_modules/zod': { version: '4.6.7' },
		'node_modules/binary-for-another-platform': { version: '1.0.0', optional: true },
	},
};

it('misses everything but the optional when nothing is installed', () => {
	expect(findMissingPackages(lock, null)).toEqual(['node_modules/@holdfast/kit', 'node_modules/zod']);
});

it('misses a package that is there in another version', () => {
	const installed = { packages: { 'node_modules/@holdfast/kit': { link: true }, 'node_modules/zod': { version: '4.6.6' } } };
	expect(findMissingPackages(lock, installed)).toEqual(['node_modules/zod']);
});

it('misses nothing when all is there', () => {
	const installed = { packages: { 'node_modules/@holdfast/kit': { link: true }, 'node_modules/zod': { version: '4.6.7' } } };
	expect(findMissingPackages(lock, installed)).toEqual([]);
});
