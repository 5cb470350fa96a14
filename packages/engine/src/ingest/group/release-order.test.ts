import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareReleases } from './release-order.ts';

const compare = (a: string, b: string, atA: number | null = null, atB: number | null = null) =>
	compareReleases({ version: a, at: atA }, { version: b, at: atB });

it('orders versions of one package as semver.org does', () => {
	const ordered = [
		'1.0.0-alpha',
		'1.0.0-alpha.1',
		'1.0.0-alpha.beta',
		'1.0.0-beta',
		'1.0.0-beta.2',
		'1.0.0-beta.11',
		'1.0.0-rc.1',
		'1.0.0',
		'1.0.1',
		'1.2.0',
		'1.10.0',
		'2.0.0',
	];
	for (const [index, version] of ordered.entries())
		for (const later of ordered.slice(index + 1)) {
			expect(compare(`shop@${version}`, `shop@${later}`), `${version} ${later}`).toBeLessThan(0);
			expect(compare(`shop@${later}`, `shop@v${version}`), `${later} ${version}`).toBeGreaterThan(0);
		}
});

it.each([
	['shop@1.0.0', 'shop@1.0.0', null, null, 0],
	['shop@1.0.0', 'bank@2.0.0', null, null, null],
	['shop@1.0.0', 'bank@2.0.0', 9, 5, 4],
	['abc', 'def', 1, 2, -1],
	['abc', 'def', 1, null, null],
	['abc', 'def', 2, 2, null],
	['shop@1.0.0+a', 'shop@1.0.0+b', 1, 2, -1],
	['1.2', '1.2.1', null, null, -1],
])('%s and %s, live at %s and %s: %s', (a, b, atA, atB, order) => {
	expect(compare(a, b, atA, atB)).toBe(order);
});

it('is the other way round the other way round', () => {
	const version = fc.oneof(fc.stringMatching(/^shop@\d{1,2}\.\d{1,2}\.\d{1,2}(-(rc|beta)\.\d)?$/), fc.stringMatching(/^[0-9a-f]{7}$/));
	const facts = fc.record({ version, at: fc.option(fc.nat(100)) });
	fc.assert(
		fc.property(facts, facts, (a, b) => {
			const [there, back] = [compareReleases(a, b), compareReleases(b, a)];
			expect(there === null ? null : Math.sign(there)).toBe(back === null ? null : -Math.sign(back) + 0);
		}),
	);
});
