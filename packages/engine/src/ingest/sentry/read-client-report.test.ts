import { expect, it } from 'vitest';
import { readClientReport } from './read-client-report.ts';

const correct = (at: number | null): number => at ?? 9;

it('reads what was thrown away before it was sent', () => {
	const report = {
		timestamp: 1_795_855_209,
		discarded_events: [
			{ reason: 'ratelimit_backoff', category: 'error', quantity: 3 },
			{ reason: 'x' },
			null,
			{ reason: 'a', category: 'b', quantity: -2 },
		],
		rate_limited_events: [{ reason: 'quota', category: 'span', quantity: 1 }],
	};
	expect(readClientReport(report, correct)).toEqual([
		{ at: 1_795_855_209_000, reason: 'ratelimit_backoff', category: 'error', quantity: 3 },
		{ at: 1_795_855_209_000, reason: 'quota', category: 'span', quantity: 1 },
	]);
	expect(readClientReport({ discarded_events: 'none' }, correct)).toEqual([]);
});
