import { describe, expect, it } from 'vitest';
import { chooseChannels, decideAfterFailure, GIVE_UP_AFTER_MS, isStorm, LONGEST_RETRY_MS, type NotifyRoute, retryDelay } from './decide.ts';

const monday = Date.parse('2026-11-30T10:00:00Z');
const HOUR = 3_600_000;

describe('who is told', () => {
	const routes: readonly NotifyRoute[] = [
		{ severity: ['critical'], to: ['pager', 'ops'] },
		{ to: ['ops', 'desk'], when: { from: '08:00', to: '18:00', days: ['mon', 'tue'], zone: 'Europe/Zurich' } },
		{ severity: ['info'], to: ['log'] },
		{ severity: ['minor'], to: ['night'], when: { from: '22:00', to: '06:00', days: ['mon'] } },
	];

	it('every channel of the fitting routes, once', () => {
		expect(chooseChannels(routes, 'critical', monday)).toEqual(['pager', 'ops', 'desk']);
		expect(chooseChannels(routes, 'info', monday)).toEqual(['log']);
	});

	it.each([
		['before the end, in its own zone', monday + 6.9 * HOUR, ['ops', 'desk']],
		['after the end, in its own zone', monday + 7.1 * HOUR, []],
		['on a day that is not listed', monday + 48 * HOUR, []],
		['in the evening of a span over midnight', monday + 13 * HOUR, ['night']],
		['in the morning after it', monday + 19 * HOUR, ['night']],
		['in the morning of its own day', monday - 7 * HOUR, []],
	])('%s', (_, at, channels) => {
		expect(chooseChannels(routes, 'minor', at)).toEqual(channels);
	});
});

describe('trying again', () => {
	it('doubles up to a quarter of an hour, with a fifth of chance, and never before the other side asks for it', () => {
		expect([1, 2, 3, 9, 60].map((attempts) => retryDelay(attempts, 0.5))).toEqual([
			5000,
			10_000,
			20_000,
			LONGEST_RETRY_MS,
			LONGEST_RETRY_MS,
		]);
		expect(retryDelay(1, 0)).toBe(4000);
		expect(retryDelay(1, 0.999)).toBeLessThanOrEqual(6000);
		expect(retryDelay(60, 0.999)).toBeLessThanOrEqual(LONGEST_RETRY_MS);
		expect(retryDelay(1, 0.5, 40 * 60_000)).toBe(40 * 60_000);
	});

	it('ends after a day', () => {
		const tried = { attempts: 100, createdAt: 0, reason: '503', retryAfterMs: 0 };
		expect(decideAfterFailure(tried, GIVE_UP_AFTER_MS - 1, 0).kind).toBe('retry');
		expect(decideAfterFailure(tried, GIVE_UP_AFTER_MS, 0)).toEqual({
			kind: 'give-up',
			reason: 'not taken within a day, 100 tries; last: 503',
		});
	});

	it('six incidents within two minutes are a storm', () => {
		expect([5, 6].map(isStorm)).toEqual([false, true]);
	});
});
