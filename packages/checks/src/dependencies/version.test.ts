import { expect, it } from 'vitest';
import { findFixed, isInRange } from './range.ts';
import { compareVersions, measureLag, readVersion } from './version.ts';

it('orders versions as semver.org does (section 11)', () => {
	const order = [
		'1.0.0-alpha',
		'1.0.0-alpha.1',
		'1.0.0-alpha.beta',
		'1.0.0-beta.2',
		'1.0.0-beta.11',
		'1.0.0-rc.1',
		'1.0.0',
		'1.0.1',
		'1.2.0',
		'1.10.0',
		'2.0.0',
	];
	const shuffled = [...order].reverse();
	const sorted = shuffled.toSorted((a, b) => {
		const [left, right] = [readVersion(a), readVersion(b)];
		return left === null || right === null ? 0 : compareVersions(left, right);
	});
	expect(sorted).toEqual(order);
	expect(readVersion('latest')).toBeNull();
	expect(readVersion('1.2.3+build.5')).toEqual({ major: 1, minor: 2, patch: 3, pre: [] });
});

it.each([
	['4.17.20', '<4.17.21', true, '4.17.21'],
	['4.17.21', '<4.17.21', false, null],
	['1.2.5', '>=1.0.0 <1.2.6 || >=2.0.0 <2.1.1', true, '1.2.6'],
	['2.0.0', '>=1.0.0 <1.2.6 || >=2.0.0 <2.1.1', true, '2.1.1'],
	['1.5.0', '>= 1.0.0, < 1.5.1', true, '1.5.1'],
	['3.0.0', '<=3.0.0', true, 'after 3.0.0'],
	['3.0.0', '3.0.0', true, 'after 3.0.0'],
	['3.0.0', '>=0', true, null],
	['3.0.0', '*', true, null],
	['2.0.0-rc.1', '<2.0.0', true, '2.0.0'],
	['3.0.0', '^3.0.0', null, null],
	['git', '<1.0.0', null, null],
])('%s in %s: %s, fixed %s', (version, range, inside, fixed) => {
	expect(isInRange(version, range)).toBe(inside);
	expect(findFixed(version, range)).toBe(fixed);
});

it('measures how far behind a version is', () => {
	expect(measureLag('1.4.0', '3.0.0')).toEqual({ step: 'major', count: 2 });
	expect(measureLag('0.3.1', '0.5.0')).toEqual({ step: 'major', count: 2 });
	expect(measureLag('1.4.0', '1.9.2')).toEqual({ step: 'minor', count: 5 });
	expect(measureLag('1.4.0', '1.4.2')).toEqual({ step: 'patch', count: 2 });
	expect(measureLag('2.0.0', '1.9.9')).toBeNull();
	expect(measureLag('1.0.0', 'next')).toBeNull();
});
