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

describe('when clocks are set', () => {
	const hours = (from: string, to: string, days?: readonly ('sat' | 'sun' | 'mon')[]): readonly NotifyRoute[] => [
		{ to: ['night'], when: { from, to, zone: 'Europe/Zurich', ...(days === undefined ? {} : { days: [...days] }) } },
	];
	const isTold = (routes: readonly NotifyRoute[], at: string) => chooseChannels(routes, 'major', Date.parse(at)).length > 0;

	// Zurich: on 2026-03-29 the hour from 02:00 is left out (01:00 UTC); on 2026-10-25 the one from 02:00 comes twice (00:00 and 01:00 UTC).
	it.each([
		['the hour that is left out is nobody’s', '02:00', '03:00', '2026-03-29T00:59:59Z', false],
		['the hour that is left out is nobody’s, from its end on', '02:00', '03:00', '2026-03-29T01:00:00Z', false],
		['what begins after it begins on time', '03:00', '04:00', '2026-03-29T01:00:00Z', true],
		['the hour that comes twice is held the first time', '02:00', '03:00', '2026-10-25T00:30:00Z', true],
		['the hour that comes twice is held the second time', '02:00', '03:00', '2026-10-25T01:30:00Z', true],
		['and then it is over', '02:00', '03:00', '2026-10-25T02:00:00Z', false],
	])('%s', (_, from, to, at, told) => expect(isTold(hours(from, to), at)).toBe(told));

	it.each([
		['the night of 23 hours belongs to Saturday until its end', '2026-03-29T03:59:59Z', true],
		['the night of 23 hours ends by the clock', '2026-03-29T04:00:00Z', false],
		['its first minute', '2026-03-28T21:00:00Z', true],
		['the night of 25 hours belongs to Saturday until its end', '2026-10-25T04:59:59Z', true],
		['the night of 25 hours ends by the clock', '2026-10-25T05:00:00Z', false],
		['midnight in summer is 22:00 UTC', '2026-10-24T22:00:00Z', true],
	])('over midnight, %s', (_, at, told) => expect(isTold(hours('22:00', '06:00', ['sat']), at)).toBe(told));

	it('the morning after a day of 23 or 25 hours belongs to that day', () => {
		expect(isTold(hours('22:00', '06:00', ['sun']), '2026-10-25T23:30:00Z')).toBe(true);
		expect(isTold(hours('22:00', '06:00', ['sat']), '2026-10-25T23:30:00Z')).toBe(false);
		expect(isTold(hours('22:00', '06:00', ['sun']), '2026-03-29T22:30:00Z')).toBe(true);
		expect(isTold(hours('22:00', '06:00', ['sat']), '2026-03-29T22:30:00Z')).toBe(false);
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
