import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import type { TrendPoint, TrendQuestion, TrendReader } from '../../trend.ts';

const HOUR = 3_600_000;
const now = Date.parse('2026-05-08T12:00:00Z');
const service = makeService('http://127.0.0.1:9');

/** @param daysBack 0: the last hours. */
function hoursOf(daysBack: number, value: number, count = 60): readonly TrendPoint[] {
	return Array.from({ length: 6 }, (_, index) => {
		const fromMs = now - daysBack * 24 * HOUR - (6 - index) * HOUR;
		const p50 = value + (index % 3);
		return { fromMs, toMs: fromMs + HOUR, count, p50, p75: p50, p95: p50 };
	});
}
const reader = (answer: (question: TrendQuestion) => readonly TrendPoint[]): TrendReader => ({
	read: async (question) => answer(question),
});
const latency = (...points: readonly (readonly TrendPoint[])[]) => reader(({ check }) => (check === 'http.latency' ? points.flat() : []));
const look = (trend?: TrendReader, params = {}) =>
	runCheck('perf.trend', service, params, { now: () => now, ...(trend === undefined ? {} : { trend }) });

it('compares with the week before where there is one, else with the days before', async () => {
	expect(await look(latency(hoursOf(7, 200), hoursOf(1, 900), hoursOf(0, 210)))).toMatchObject({
		state: 'ok',
		reason: 'Not slower than in the same hours a week before: Asking / 211 ms (201 ms); of 4 more there are too few figures',
	});
	expect(await look(latency(hoursOf(2, 200), hoursOf(1, 200), hoursOf(0, 210)))).toMatchObject({
		state: 'ok',
		reason: expect.stringContaining('the same hours of the days before'),
	});
});

it('warns of a quarter more and fails for twice as much, with figures and effect', async () => {
	const slower = await look(latency(hoursOf(7, 200), hoursOf(0, 280)));
	expect(slower).toMatchObject({ state: 'warn', findings: [{ code: 'perf.slower', at: '/' }] });
	expect(slower.reason).toContain(
		'Asking / takes 281 ms at the median, 40 % more than the 201 ms of the same hours a week before (360 figures against 360, effect 1.00)',
	);
	expect((await look(latency(hoursOf(7, 200), hoursOf(0, 500)))).state).toBe('fail');
	expect((await look(latency(hoursOf(7, 200), hoursOf(0, 280)), { warn: 50 })).state).toBe('ok');
});

it('takes no notice of what nobody notices, of one bad hour, and of being faster', async () => {
	expect((await look(latency(hoursOf(7, 10), hoursOf(0, 25)))).state).toBe('ok');
	const oneBad = hoursOf(0, 200).map((point, index) => (index === 2 ? { ...point, p50: 5000 } : point));
	expect((await look(latency(hoursOf(7, 200), oneBad))).state).toBe('ok');
	expect((await look(latency(hoursOf(7, 400), hoursOf(0, 100)))).state).toBe('ok');
});

it('compares Web Vitals and the path that is asked for', async () => {
	const asked: TrendQuestion[] = [];
	const trend = reader((question) => {
		asked.push(question);
		return question.measurement === 'LCP p75' ? [...hoursOf(7, 1200, 12), ...hoursOf(0, 2400, 12)] : [];
	});
	expect(await look(trend, { path: '/products' })).toMatchObject({
		state: 'warn',
		reason: expect.stringMatching(/^Largest content \(LCP, p75\) takes/),
	});
	expect(asked[0]).toEqual({ check: 'http.latency', where: { name: 'path', value: '/products', byDefault: '/' } });
});

it('does not know without figures, or with too few', async () => {
	expect(await look()).toMatchObject({ state: 'unknown', enable: expect.stringContaining('holdfast up') });
	expect(await look(latency(hoursOf(0, 200)))).toMatchObject({
		state: 'unknown',
		reason: expect.stringContaining('6 hours of now and 0 of before'),
	});
	expect((await look(latency(hoursOf(7, 200, 2), hoursOf(0, 900, 2)))).state).toBe('unknown');
});
