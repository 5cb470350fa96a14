import { describe, expect, it } from 'vitest';
import { burnRules, decideAlert, judgeObjective, type ObjectiveResult } from './decide.ts';
import { type Availability, burnOf, type Cell, coverageOf, measure } from './measure.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = 1_790_000_040_000;

const minute = (index: number, failed: number, more: Partial<Cell> = {}): Cell => ({
	at: index * MINUTE,
	sizeMs: MINUTE,
	everyMs: 20_000,
	told: 3,
	failed,
	...more,
});

describe('measuring', () => {
	it('counts time without samples as neither up nor down', () => {
		const seen = measure([minute(0, 0), minute(1, 3), minute(9, 0)], { from: 0, to: 10 * MINUTE });
		expect(seen).toEqual({ windowMs: 10 * MINUTE, knownMs: 3 * MINUTE, downMs: MINUTE });
		expect(coverageOf(seen)).toBe(0.3);
		expect(burnOf(seen, 0.999)).toBeNull();
	});

	it('counts an outage that two monitors see once, and one that either sees', () => {
		const cells = [minute(0, 3), minute(0, 2, { everyMs: 30_000, told: 2 }), minute(1, 0), minute(1, 1, { everyMs: 30_000, told: 2 })];
		expect(measure(cells, { from: 0, to: 2 * MINUTE })).toEqual({ windowMs: 2 * MINUTE, knownMs: 2 * MINUTE, downMs: 1.5 * MINUTE });
	});

	it('a monitor that is asked every five minutes speaks for five minutes', () => {
		const cells = [minute(0, 0, { everyMs: 5 * MINUTE, told: 1 }), minute(5, 1, { everyMs: 5 * MINUTE, told: 1 })];
		expect(measure(cells, { from: 0, to: 10 * MINUTE })).toEqual({ windowMs: 10 * MINUTE, knownMs: 10 * MINUTE, downMs: 5 * MINUTE });
	});

	it('takes only what lies in the window', () => {
		expect(measure([minute(0, 3), minute(2, 3)], { from: MINUTE, to: 2 * MINUTE }).knownMs).toBe(0);
	});
});

const share = (windowMs: number, down: number, known = 1): Availability => ({
	windowMs,
	knownMs: windowMs * known,
	downMs: windowMs * known * down,
});
/** The same share of failing in every window, unless another is said. */
function judge(down: number, more: { whole?: Availability; windows?: Record<number, number | null> } = {}): ObjectiveResult {
	const lengths = burnRules.flatMap(({ longMs, shortMs }) => [longMs, shortMs]);
	const windows = lengths.map((ms) => {
		const other = more.windows?.[ms];
		return [ms, other === null ? share(ms, 0, 0.4) : share(ms, other ?? down)] as const;
	});
	return judgeObjective(0.999, { whole: more.whole ?? share(30 * DAY, down), windows: new Map(windows), monitors: 2 }, now);
}

describe('judging an objective of 99.9 % in 30 days', () => {
	it('has a budget of 43.2 minutes, and says what is left of it', () => {
		const result = judge(0.0005);
		expect(result).toMatchObject({ state: 'met', achieved: 0.9995, coverage: 1, spentAt: null });
		expect(result.budgetMs / MINUTE).toBeCloseTo(43.2);
		expect(result.leftMs / MINUTE).toBeCloseTo(21.6);
	});

	it('is unknown while too little is known, and spent as soon as more than the budget is seen down', () => {
		expect(judge(0, { whole: share(30 * DAY, 0, 0.05) })).toMatchObject({ state: 'unknown', achieved: null });
		expect(judge(0, { whole: share(30 * DAY, 0.1, 0.05) })).toMatchObject({ state: 'spent', achieved: null });
	});

	it('says what is missing where nothing asks', () => {
		const nothing = share(30 * DAY, 0, 0);
		expect(judgeObjective(0.999, { whole: nothing, windows: new Map(), monitors: 0 }, now)).toMatchObject({
			state: 'unknown',
			reason: expect.stringContaining('bind a line to http.health'),
		});
	});

	it('says when the budget is spent if it goes on', () => {
		// 20 times too fast: the whole budget lasts a day and a half, half of it 18 hours.
		const result = judge(0.02, { whole: share(30 * DAY, 0.0005) });
		expect((Date.parse(result.spentAt ?? '') - now) / HOUR).toBeCloseTo(18, 1);
	});
});

const quiet = { open: null, maintenance: null, now };

describe('alerting', () => {
	it.each([
		['twenty times too fast', judge(0.02), 'critical'],
		['seven times', judge(0.007), 'major'],
		['one and a half times', judge(0.0015), 'minor'],
	])('%s', (_, result, severity) => {
		expect(decideAlert(result, quiet)).toMatchObject({ kind: 'alert', severity });
	});

	it('says how fast, what is left and when it is spent', () => {
		const move = decideAlert(judge(0.02, { whole: share(30 * DAY, 0.0005) }), quiet);
		expect(move.reason).toBe(
			'the error budget burns 20× as fast as allowed over 1 h, 20× over 5 min; 21.6 of 43.2 min left, it is spent in 18 h if this goes on (2026-09-22 08:14 UTC)',
		);
	});

	it('needs both windows', () => {
		const over = { [5 * MINUTE]: 0, [30 * MINUTE]: 0, [6 * HOUR]: 0, [72 * HOUR]: 0 };
		expect(decideAlert(judge(0.02, { windows: over }), quiet).kind).toBe('none');
		const unknown = { [5 * MINUTE]: null, [30 * MINUTE]: null, [6 * HOUR]: null };
		expect(decideAlert(judge(0.02, { windows: unknown }), quiet).kind).toBe('none');
	});

	it('ends when the short window is fine, and not while it is not known', () => {
		const fine = judge(0, { windows: { [HOUR]: 0.02 } });
		expect(decideAlert(fine, { ...quiet, open: 'critical' })).toMatchObject({ kind: 'resolve' });
		const dark = judge(0, { windows: { [HOUR]: 0.02, [5 * MINUTE]: null } });
		expect(decideAlert(dark, { ...quiet, open: 'critical' })).toMatchObject({ kind: 'none' });
		expect(decideAlert(judge(0.007), { ...quiet, open: 'critical' })).toMatchObject({ kind: 'alert', severity: 'major' });
	});

	it('wakes nobody in a maintenance window', () => {
		expect(decideAlert(judge(0.02), { ...quiet, maintenance: 'new oven' })).toMatchObject({ kind: 'none' });
	});
});
