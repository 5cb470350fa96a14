import { describe, expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport } from '../../fixtures/kit-report.ts';
import { serveKit } from '../../fixtures/kit-service.ts';
import type { TrendPoint, TrendReader } from '../../trend.ts';
import { judgeGrowth } from './judge-growth.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-05-01T12:00:00Z');
const mb = 1e6;

/** Every five minutes: a saw tooth of garbage on a floor. */
function series(hours: number, floor: (hour: number) => number, end = now): readonly TrendPoint[] {
	return Array.from({ length: hours * 12 }, (_, index) => {
		const fromMs = end - hours * HOUR + index * 300_000;
		const value = floor(index / 12) + (index % 4) * 15 * mb;
		return { fromMs, toMs: fromMs + 60_000, count: 1, p50: value, p75: value, p95: value };
	});
}
const judge = (points: readonly TrendPoint[], more: { limit?: number | null; startedAtMs?: number } = {}) =>
	judgeGrowth({ what: 'heap', points, startedAtMs: now - 100 * HOUR, limit: 2000 * mb, now, ...more });

describe('growth', () => {
	it('sees a leak through the saw tooth, and when it ends', () => {
		expect(judge(series(12, (hour) => (60 + 100 * hour) * mb)).finding).toMatchObject({ severity: 'fail', code: 'memory.grows' });
		const slow = judge(series(12, (hour) => (60 + 20 * hour) * mb));
		expect(slow.finding).toMatchObject({ severity: 'warn', message: expect.stringContaining('is reached in 4 days') });
		expect(Math.round((slow.slope ?? 0) / mb)).toBe(20);
		expect(
			judge(
				series(12, (hour) => (60 + 1 * hour) * mb),
				{ limit: 4000 * mb },
			).finding,
		).toMatchObject({ severity: 'info' });
	});
	it('does not fail for a rise of less than six hours, and warns where no limit is known', () => {
		expect(judge(series(5, (hour) => (60 + 100 * hour) * mb)).finding?.severity).toBe('warn');
		expect(
			judge(
				series(12, (hour) => (60 + 20 * hour) * mb),
				{ limit: null },
			).finding?.severity,
		).toBe('warn');
	});
	it('sees none in steady use, in one step and in a day that comes and goes', () => {
		expect(judge(series(24, () => 60 * mb)).finding).toBeNull();
		expect(judge(series(24, (hour) => (hour < 20 ? 60 : 75) * mb)).finding).toBeNull();
		expect(judge(series(24, (hour) => (60 + 30 * Math.sin((hour / 24) * 2 * Math.PI)) * mb)).finding).toBeNull();
	});
	it('counts neither the first half hour nor a process before', () => {
		const points = [...series(6, () => 500 * mb, now - 2 * HOUR), ...series(2, () => 60 * mb)];
		expect(judge(points, { startedAtMs: now - 2 * HOUR })).toMatchObject({ groups: 3, slope: null, finding: null });
	});
});

const report = (instance: string, startedHoursAgo: number) =>
	makeReport({
		process: { ...makeReport().holdfast.process, instance, startedAt: new Date(Date.now() - startedHoursAgo * HOUR).toISOString() },
	});
const reading = (points: readonly TrendPoint[]): TrendReader => ({ read: async () => points });

it('keeps figures under the name of the process, and is unknown without a memory or with a short one', async () => {
	const kit = await serveKit([report('0123456789abcdef', 20)]);
	const without = await runCheck('server.memory-trend', kit);
	expect(without).toMatchObject({ state: 'unknown', enable: expect.stringContaining('holdfast up') });
	expect(without.measurements.map(({ name }) => name)).toEqual(['heap 01234567', 'memory 01234567']);
	const short = await runCheck('server.memory-trend', kit, {}, { trend: reading(series(2, () => 60 * mb, Date.now())) });
	expect(short).toMatchObject({ state: 'unknown', reason: expect.stringMatching(/^Too early to tell: [45] of 6 half hours/) });
	expect((await runCheck('server.memory-trend', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});

it('is well where memory stays, fails for a leak and names the instance', async () => {
	const kit = await serveKit([report('one', 30)]);
	const well = await runCheck('server.memory-trend', kit, {}, { trend: reading(series(20, () => 60 * mb, Date.now())) });
	expect(well).toMatchObject({ state: 'ok', reason: expect.stringContaining('does not grow') });
	const two = await serveKit([report('one', 30), report('two', 30)]);
	const trend: TrendReader = {
		read: async ({ measurement }) => series(20, (hour) => (60 + (measurement === 'heap two' ? 100 * hour : 0)) * mb, Date.now()),
	};
	const leak = await runCheck('server.memory-trend', two, {}, { trend });
	expect(leak).toMatchObject({ state: 'fail', reason: expect.stringMatching(/^Instance two: The heap grows by/) });
});
