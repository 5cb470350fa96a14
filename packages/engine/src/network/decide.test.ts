import { describe, expect, it } from 'vitest';
import { decideNetwork, type HostView, isInDoubt } from './decide.ts';

const now = 1_000_000;
const dark = (host: string, agoMs = 5000): HostView => ({ host, reachedAt: now - 300_000, unreachedAt: now - agoMs });
const lit = (host: string, agoMs = 1000): HostView => ({ host, reachedAt: now - agoMs, unreachedAt: null });
const view = (hosts: readonly HostView[], isOutsideReached: boolean | null = null, hasAddress = true) => ({
	hasAddress,
	hosts,
	isOutsideReached,
});

describe('whether Holdfast itself is cut off', () => {
	it.each([
		['N1, no address', view([lit('a')], null, false), true],
		['nothing dark', view([lit('a'), lit('b')]), false],
		['N2, one dark and another reached after it', view([dark('a'), lit('b')], false), false],
		['N2, reached before it went dark proves nothing', view([dark('a', 5000), dark('b', 4000)], false), true],
		['N3, a reference answers', view([dark('a'), dark('b')], true), false],
		['N3, no reference answers, one host', view([dark('a')], false), true],
		['N4, all of two', view([dark('a'), dark('b', 20_000)]), true],
		['N4, the other was not asked lately', view([dark('a'), dark('b', 90_000)]), false],
		['N4, the other was reached a little before', view([dark('a', 1000), lit('b', 20_000)]), false],
		['N5, one host alone', view([dark('a')]), false],
	])('%s', (_, input, isCutOff) => {
		const decision = decideNetwork(input, now);
		expect(decision.isCutOff).toBe(isCutOff);
		expect(decision.reason).not.toBe('');
	});

	it('asks the references only when there is a doubt', () => {
		expect(isInDoubt(view([lit('a')]), now)).toBe(false);
		expect(isInDoubt(view([dark('a'), lit('b')]), now)).toBe(false);
		expect(isInDoubt(view([dark('a')]), now)).toBe(true);
		expect(isInDoubt(view([dark('a')], null, false), now)).toBe(false);
	});
});
