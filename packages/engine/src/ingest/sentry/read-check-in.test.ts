import { describe, expect, it } from 'vitest';
import { readCheckIn } from './read-check-in.ts';

const checkIn = {
	check_in_id: '83a7c03ed0a04e1b97e2e3b18d38f244',
	monitor_slug: 'Nightly Report!',
	status: 'in_progress',
	monitor_config: {
		schedule: { type: 'crontab', value: '0 1 * * *' },
		checkin_margin: 5,
		max_runtime: 30,
		timezone: 'Europe/Vienna',
		failure_issue_threshold: 2,
	},
	contexts: { trace: { trace_id: 'a'.repeat(32) } },
};

it('reads a check-in with the plan of its job', () => {
	expect(readCheckIn(checkIn, 5)).toEqual({
		id: checkIn.check_in_id,
		monitor: 'nightly-report',
		status: 'in_progress',
		at: 5,
		durationMs: null,
		release: null,
		environment: 'production',
		traceId: 'a'.repeat(32),
		plan: {
			schedule: { kind: 'crontab', value: '0 1 * * *' },
			marginMinutes: 5,
			maxRuntimeMinutes: 30,
			failureThreshold: 2,
			recoveryThreshold: null,
			timezone: 'Europe/Vienna',
		},
	});
});

describe('the plan', () => {
	it.each([
		[
			{ type: 'interval', value: 2, unit: 'hour' },
			{ kind: 'interval', value: 2, unit: 'hour' },
		],
		[{ type: 'interval', value: 2, unit: 'fortnight' }, undefined],
		[{ type: 'interval', value: 0, unit: 'hour' }, undefined],
		[{ type: 'crontab', value: '' }, undefined],
		['daily', undefined],
	])('%j', (schedule, expected) => {
		expect(readCheckIn({ ...checkIn, monitor_config: { schedule } }, 5)?.plan?.schedule).toEqual(expected);
	});
});

it('takes an id of zeros for the latest in progress, and a duration only at the end', () => {
	expect(readCheckIn({ ...checkIn, check_in_id: '0'.repeat(32), status: 'ok', duration: 1.5 }, 5)).toMatchObject({
		id: null,
		durationMs: 1_500,
	});
	expect(readCheckIn({ ...checkIn, duration: 1.5 }, 5)?.durationMs).toBeNull();
});

it.each([
	{ ...checkIn, monitor_slug: '***' },
	{ ...checkIn, monitor_slug: undefined },
	{ ...checkIn, status: 'maybe' },
])('is none: %j', (payload) => {
	expect(readCheckIn(payload, 5)).toBeNull();
});
