import { expect, it } from 'vitest';
import { rollSamples } from './decide.ts';
import { summariseRollups } from './summarise.ts';

const roll = (states: readonly ('ok' | 'warn' | 'fail' | 'unknown')[], durationMs: number) =>
	rollSamples(
		{ monitorId: 1, at: 0 },
		states.map((state) => ({ state, durationMs })),
	);

it('looks without an answer count neither for nor against', () => {
	const summary = summariseRollups([roll(['ok', 'warn', 'fail', 'unknown'], 100), roll(['ok'], 400)]);
	expect(summary).toMatchObject({ availability: 0.75, unknown: 1 });
	expect(summary.p50Ms).toBeGreaterThan(98);
	expect(summary.p50Ms).toBeLessThan(102);
	expect(summary.p99Ms).toBeGreaterThan(392);
});

it('where nothing was seen nothing is told', () => {
	expect(summariseRollups([roll(['unknown'], 5)])).toEqual({ availability: null, unknown: 1, p50Ms: null, p95Ms: null, p99Ms: null });
});
