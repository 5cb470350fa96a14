import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeReturn, type Resolution } from './judge-return.ts';
import type { ReleaseFacts } from './release-order.ts';

const release = (version: string, at: number | null = null): ReleaseFacts => ({ version, at });
const r = (version: string) => release(`shop@${version}`);

describe('resolved at once', () => {
	const resolution: Resolution = { kind: 'at-once', at: 100 };

	it.each([
		[{ at: 101, release: null }, true],
		[{ at: 101, release: r('1.0.0') }, true],
		[{ at: 100, release: null }, false],
		[{ at: 50, release: r('9.0.0') }, false],
	])('%j: %s', (seen, returned) => {
		expect(judgeReturn(resolution, seen).returned).toBe(returned);
	});
});

describe('resolved in a release', () => {
	const resolution: Resolution = { kind: 'in-release', at: 100, release: r('1.4.0') };

	it.each([
		['the release itself', { at: 200, release: r('1.4.0') }, true],
		['a later one', { at: 200, release: r('1.10.0') }, true],
		['an earlier one that still runs', { at: 200, release: r('1.3.9') }, false],
		['a candidate of it', { at: 200, release: r('1.4.0-rc.1') }, false],
		['none that it names', { at: 200, release: null }, true],
		['one that cannot be compared', { at: 200, release: release('3f2a9c1') }, true],
		['before', { at: 99, release: r('1.4.0') }, false],
	])('seen in %s', (_name, seen, returned) => {
		const verdict = judgeReturn(resolution, seen);
		expect(verdict.returned).toBe(returned);
		expect(verdict.reason).not.toBe('');
	});

	it('compares commits by when they went live', () => {
		const byTime: Resolution = { kind: 'in-release', at: 100, release: release('aaaaaaa', 90) };
		expect(judgeReturn(byTime, { at: 200, release: release('bbbbbbb', 50) }).returned).toBe(false);
		expect(judgeReturn(byTime, { at: 200, release: release('ccccccc', 95) }).returned).toBe(true);
	});
});

describe('resolved with the release after', () => {
	const resolution: Resolution = { kind: 'after-release', at: 100, release: r('1.4.0') };

	it.each([
		[r('1.4.0'), false],
		[r('1.3.0'), false],
		[r('1.4.1'), true],
	])('seen in %j: %s', (seenRelease, returned) => {
		expect(judgeReturn(resolution, { at: 200, release: seenRelease }).returned).toBe(returned);
	});
});

it('never returns by an event from before, and always gives a reason', () => {
	const version = fc.constantFrom('shop@1.0.0', 'shop@1.1.0', 'shop@2.0.0-rc.1', 'abc', 'def');
	const facts = fc.record({ version, at: fc.option(fc.nat(1_000)) });
	const resolution = fc.oneof(
		fc.record({ kind: fc.constant('at-once' as const), at: fc.nat(1_000) }),
		fc.record({ kind: fc.constantFrom('in-release' as const, 'after-release' as const), at: fc.nat(1_000), release: facts }),
	);
	fc.assert(
		fc.property(resolution, fc.record({ at: fc.nat(1_000), release: fc.option(facts) }), (how, seen) => {
			const verdict = judgeReturn(how, seen);
			if (seen.at <= how.at) expect(verdict.returned).toBe(false);
			expect(verdict.reason.length).toBeGreaterThan(10);
		}),
	);
});
