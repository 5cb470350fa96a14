import type { Incident, ShownIncident } from '@holdfast/engine/operations';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../terminal/style.ts';
import { renderIncident } from './incident.ts';
import { renderIncidents } from './incidents.ts';

const layout = { columns: 80, style: createStyle(false) };
const incident: Incident = {
	id: 3,
	service: 'bakery',
	title: 'The oven is cold: status 503',
	severity: 'critical',
	state: 'acknowledged',
	cause: 'http.health',
	openedAt: '2026-11-28T02:58:00.000Z',
	acknowledgedAt: '2026-11-28T03:01:00.000Z',
	acknowledgedBy: 'ada',
	resolvedAt: null,
	resolvedBy: null,
	mergedInto: null,
};
const shown: ShownIncident = {
	...incident,
	entries: [
		{ id: 1, at: '2026-11-28T02:58:00.000Z', kind: 'opened', actor: 'holdfast', text: 'Health: status 503' },
		{ id: 2, at: '2026-11-28T03:01:00.000Z', kind: 'acknowledged', actor: 'ada', text: '' },
	],
	members: [
		{
			id: 1,
			key: 'http.health',
			title: 'Health',
			state: 'fail',
			since: '2026-11-28T02:58:00.000Z',
			reason: 'status 503',
			lines: [{ line: 12, address: 'a', text: 't' }],
		},
	],
	diagnosis: {
		at: '2026-11-28T02:58:10.000Z',
		causes: [
			{
				message: 'OVEN_KEY is not set.',
				named: { text: 'The oven has no key', line: 20 },
				proof: ['env.secret OVEN_KEY missing'],
				fix: null,
			},
		],
		next: [{ line: 31, text: 'Check the key', fix: 'Set OVEN_KEY' }],
	},
	roles: [{ role: 'lead', name: 'Ben' }],
	durations: { openMs: 600_000, untilAcknowledgedMs: 180_000 },
};

it('shows an incident: cause, proof, next step, people, monitors, timeline', () => {
	expect(renderIncident(shown, layout).join('\n')).toMatchInlineSnapshot(`
		"3 · The oven is cold: status 503                bakery · critical · acknowledged
		Open for 10 min, since 2026-11-28 02:58 UTC.

		  Cause   The oven has no key (line 20 of the runbook)
		          OVEN_KEY is not set.
		  Proof   env.secret OVEN_KEY missing
		  Next    line 31  Check the key → Set OVEN_KEY

		People
		  on it  ada, after 3 min
		  lead   Ben

		Monitors
		  fail  http.health  status 503 · line 12

		Timeline (UTC)
		  2026-11-28 02:58:00  holdfast  opened: Health: status 503
		  2026-11-28 03:01:00  ada       acknowledged"
	`);
});

it('says that nobody takes care, and that no cause is confirmed', () => {
	const text = renderIncident(
		{
			...shown,
			state: 'open',
			acknowledgedBy: null,
			roles: [],
			diagnosis: { at: null, causes: [], next: [] },
			durations: { openMs: 600_000, untilAcknowledgedMs: null },
		},
		layout,
	).join('\n');
	expect(text).toContain('Nobody has acknowledged it.');
	expect(text).toContain('confirmed no cause');
});

describe('the list', () => {
	const at = '2026-11-28T03:08:00.000Z';
	it('shows those that are open', () => {
		expect(renderIncidents([incident], { at, all: false }, layout).join('\n')).toMatchInlineSnapshot(`
			"1 open incident
			  3  critical  The oven is cold: status 503 · bakery · 10 min, since 2026-11-28
			               02:58 UTC · ada is on it"
		`);
		expect(renderIncidents([], { at, all: false }, layout)).toEqual(['No open incident.']);
	});

	it('shows with --all what became of each', () => {
		const resolved: Incident = { ...incident, id: 2, state: 'resolved', resolvedAt: '2026-11-28T03:05:00.000Z', resolvedBy: 'holdfast' };
		const merged: Incident = { ...incident, id: 1, state: 'merged', mergedInto: 2 };
		expect(renderIncidents([resolved, merged], { at, all: true }, layout).join('\n')).toMatchInlineSnapshot(`
			"2 incidents
			  2  critical  resolved  The oven is cold: status 503 · bakery · 2026-11-28
			                         02:58 UTC, for 7 min
			  1  critical  merged    The oven is cold: status 503 · bakery · part of 2"
		`);
	});
});
