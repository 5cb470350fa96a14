import { expect, it } from 'vitest';
import type { StoredDiagnosis } from '../attach/diagnose-port.ts';
import { composeDigest, composeIncidentMessage } from './compose.ts';
import type { IncidentMention, Told } from './message.ts';

const now = Date.parse('2026-11-30T03:02:00Z');
const incident: IncidentMention = {
	id: 42,
	key: 'a-key',
	service: 'bakery',
	title: 'Sign-in: status 500',
	severity: 'critical',
	openedAt: now - 240_000,
};
const diagnosis: StoredDiagnosis = {
	at: '2026-11-30T03:01:00.000Z',
	runbook: 'RUNBOOK.md',
	durationMs: 900,
	asked: 12,
	unknown: 0,
	roots: [
		{
			key: 'env.secret name=SESSION_SECRET',
			message: 'SESSION_SECRET is 8 characters long',
			explains: ['env.secret name=SESSION_SECRET', 'auth.login'],
			fix: 'set a longer one',
			cause: { issue: 'Sign-in', text: 'Session secret misconfigured', line: 52 },
			proof: ['env.secret name=SESSION_SECRET: 8 characters', 'auth.login: status 500'],
			changes: ['SESSION_SECRET changed at 02:58'],
		},
	],
	next: [{ line: 66, text: 'Check Session Secret', fix: null }],
};
const background = {
	diagnosis,
	members: [
		{ key: 'auth.login', state: 'fail', line: 'RUNBOOK.md:51 Sign-in works' },
		{ key: 'env.secret', state: 'fail', line: null },
	],
	contacts: [{ label: 'On call: Ada', value: 'ada@shop.example' }],
};
const write = (told: Told) =>
	composeIncidentMessage({ told, incident, reason: 'status 500, twice', happening: 'transition/7' }, background, now);

it('tells what fails, the line of the runbook, the diagnosis and whom to reach', () => {
	expect(write('opened')).toMatchObject({
		kind: 'opened',
		severity: 'critical',
		service: 'bakery',
		since: now - 240_000,
		incident: { key: 'a-key', number: 42 },
		summary: 'status 500, twice',
		facts: [
			{ label: 'Failing', value: 'auth.login; env.secret' },
			{ label: 'Runbook', value: 'RUNBOOK.md:51 Sign-in works' },
			{ label: 'On call: Ada', value: 'ada@shop.example' },
		],
		diagnosis: {
			cause: 'Session secret misconfigured',
			proof: ['env.secret name=SESSION_SECRET: 8 characters', 'auth.login: status 500', 'SESSION_SECRET changed at 02:58'],
			fix: 'set a longer one (RUNBOOK.md:66 Check Session Secret)',
		},
		dedupKey: 'a-key/transition/7',
	});
});

it.each([
	['reopened', 'opened', 'It is back: status 500, twice'],
	['raised', 'updated', 'It is worse than it was: status 500, twice'],
	['diagnosed', 'updated', 'status 500, twice'],
	['merged', 'updated', 'status 500, twice'],
	['acknowledged', 'acknowledged', 'status 500, twice'],
	['resolved', 'resolved', 'status 500, twice'],
] as const)('%s is sent as %s', (told, kind, summary) => expect(write(told)).toMatchObject({ kind, summary }));

it('what is over names no cause and wakes nobody', () => {
	expect(write('resolved')).not.toHaveProperty('diagnosis');
	expect(write('resolved').facts.map(({ label }) => label)).toEqual(['Runbook']);
});

it.each([null, {}, { roots: [] }, { roots: [{}] }, 'x', []])('a diagnosis that tells of no root is left out: %j', (stored) => {
	const message = composeIncidentMessage(
		{ told: 'opened', incident, reason: 'x', happening: 'entry/1' },
		{ ...background, diagnosis: stored },
		now,
	);
	expect(message).not.toHaveProperty('diagnosis');
});

it('a digest is as bad as the worst, and names the first ten', () => {
	const mentions = Array.from({ length: 12 }, (_, id) => ({ ...incident, id, severity: id === 3 ? 'critical' : 'minor' }) as const);
	const digest = composeDigest({ of: 'opened', mentions, key: 'k' }, now);
	expect(digest).toMatchObject({ severity: 'critical', title: '12 incidents opened at once, 1 of them critical', service: 'bakery' });
	expect(digest.facts).toHaveLength(11);
});
