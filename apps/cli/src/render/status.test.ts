import type { Status } from '@holdfast/engine/operations';
import { expect, it } from 'vitest';
import { createStyle } from '../terminal/style.ts';
import { renderStatus } from './status.ts';

const status: Status = {
	at: '2026-11-28T03:08:00.000Z',
	services: [
		{ name: 'bakery', url: 'https://bakery.example', monitors: { ok: 3, warn: 0, fail: 0, unknown: 0, new: 0 }, notApplicable: 2 },
	],
	notWell: [],
	incidents: [],
	objectives: [
		{
			service: 'bakery',
			name: 'uptime',
			title: 'Uptime > 99.9%',
			line: 7,
			target: 0.999,
			achieved: 0.99949999,
			state: 'met',
			coverage: 1,
			windowDays: 30,
			budgetMinutes: 43.2,
			budgetLeftMinutes: 21.6,
			spentAt: '2026-11-28T21:08:00.000Z',
			burns: [
				{ longMinutes: 60, shortMinutes: 5, alertsAt: 14.4, long: 20, short: 20 },
				{ longMinutes: 4320, shortMinutes: 360, alertsAt: 1, long: null, short: null },
			],
			reason: '100 % of the window is known',
			measuredAt: '2026-11-28T03:07:30.000Z',
		},
	],
	watcher: {
		overdue: 0,
		oldestMs: 0,
		lateP99Ms: 12,
		missed: 50,
		lastAt: '2026-11-28T03:07:59.000Z',
		isLate: false,
		notificationsWaiting: 0,
		gaps: [{ from: '2026-11-28T02:10:00.000Z', to: '2026-11-28T02:27:00.000Z' }],
		networkLosses: [
			{ from: '2026-11-28T03:07:00.000Z', to: null, reason: 'this machine has no address on any network' },
			{ from: '2026-11-28T01:00:00.000Z', to: '2026-11-28T01:05:00.000Z', reason: 'all 2 hosts (a, b) vanished at the same moment' },
		],
	},
};

it('says when nobody watched, when Holdfast reached nothing, what does not apply, and how the objectives stand', () => {
	expect(renderStatus(status, { columns: 100, style: createStyle(false) }).join('\n')).toMatchInlineSnapshot(`
		"Watching, late by 12 ms at most (99 %).
		Nobody watched from 2026-11-28 02:10 UTC to 2026-11-28 02:27 UTC (17 min).
		Holdfast itself reaches nothing outside since 2026-11-28 03:07 UTC: this machine has no address on any network.
		Holdfast itself reached nothing outside from 2026-11-28 01:00 UTC to 2026-11-28 01:05 UTC: all 2 hosts (a, b) vanished at the same moment.
		bakery: 3 ok, 2 do not apply
		No open incident.

		Objectives
		  met  bakery Uptime > 99.9%  99.949 % in 30 days · 21.6 of 43.2 min left · burns 20.0× over 1 h ·
		                              100 % of the window is known · spent by 2026-11-28 21:08 UTC if this
		                              goes on"
	`);
});
