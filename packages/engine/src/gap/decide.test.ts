import { expect, it } from 'vitest';
import { decideGap } from './decide.ts';

const MINUTE = 60_000;
const now = 1_790_000_000_000;

it.each([
	['nothing was ever watched', { lastAt: null, shortestEveryMs: 20_000 }, null],
	['nothing is watched now', { lastAt: 0, shortestEveryMs: null }, null],
	['a restart', { lastAt: now - 5 * MINUTE, shortestEveryMs: 20_000 }, null],
	['seventeen minutes', { lastAt: now - 17 * MINUTE, shortestEveryMs: 20_000 }, { from: now - 17 * MINUTE, to: now }],
	['less than three intervals', { lastAt: now - 170 * MINUTE, shortestEveryMs: 60 * MINUTE }, null],
	['more than three intervals', { lastAt: now - 181 * MINUTE, shortestEveryMs: 60 * MINUTE }, { from: now - 181 * MINUTE, to: now }],
	['a clock set back', { lastAt: now + 60 * MINUTE, shortestEveryMs: 20_000 }, null],
])('%s', (_, watch, gap) => {
	const decision = decideGap(watch, now);
	expect(decision.kind === 'gap' ? decision.gap : null).toEqual(gap);
	expect(decision.reason).not.toBe('');
});
