import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { answer, silence, withSentry } from '../../fixtures/convex-service.ts';
import { Secret } from '../../secret.ts';
import type { SentryIssue } from '../../vendors.ts';
import { judgeIssues } from './judge-issues.ts';

const sentry = { url: 'https://sentry.example', org: 'shop', project: 'web', token: new Secret('fixture-sentry-token-01') };
const service = makeService('http://127.0.0.1:1', { sentry });
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const issue = (more: Partial<SentryIssue> = {}): SentryIssue => ({
	id: '1',
	title: 'TypeError: x is undefined',
	culprit: 'GET /orders',
	level: 'error',
	count: 3,
	users: 2,
	firstSeenAt: ago(60 * 24),
	lastSeenAt: ago(1),
	url: 'https://sentry.example/issues/1',
	...more,
});
const errors = (issues: readonly SentryIssue[]) => ({ issues, newCount: 0, perHour: null, url: 'https://sentry.example/issues' });

describe('an issue', () => {
	it.each([
		['known', issue(), 'sentry.errors', 'warn'],
		['known and frequent', issue({ count: 50 }), 'sentry.errors', 'fail'],
		['new', issue({ firstSeenAt: ago(5) }), 'sentry.new-issues', 'fail'],
		['new, of level warning', issue({ firstSeenAt: ago(5), level: 'warning' }), 'sentry.new-issues', 'info'],
		['last seen before the application began anew', issue({ firstSeenAt: ago(12), lastSeenAt: ago(11) }), 'sentry.new-issues', 'info'],
	])('%s', (_name, given, code, severity) => {
		const window = { words: 'the last 15 minutes', sinceMs: Date.now() - 900_000, processStartedAt: Date.now() - 600_000, failCount: 20 };
		expect(judgeIssues(errors([given]), window)[0]).toMatchObject({ code, severity });
	});
});

it('says how often, for whom and where to look', async () => {
	const observation = await runCheck(
		'sentry.errors',
		service,
		{},
		withSentry({ readErrors: answer(errors([issue({ firstSeenAt: ago(5) })])) }),
	);
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['sentry.new-issues']]);
	expect(observation.reason).toBe('New: TypeError: x is undefined (GET /orders), 3 times for 2 users in the last 15 minutes');
	expect(observation.findings[0]?.fix).toBe('look at https://sentry.example/issues/1');
	expect(await runCheck('sentry.errors', service, {}, withSentry({ readErrors: answer(errors([])) }))).toMatchObject({ state: 'ok' });
});

it.each([
	['unauthorized', 'expired'],
	['forbidden', 'event:read'],
	['rate-limited', 'wait a minute'],
	['timeout', 'reached'],
] as const)('is unknown by %s, and says what would help', async (code, words) => {
	const observation = await runCheck('sentry.errors', service, {}, withSentry({ readErrors: silence(code) }));
	expect(observation).toMatchObject({ state: 'unknown', enable: expect.stringContaining(words) });
});

it('says what is missing from the configuration, without a mask in the sentence', async () => {
	const { token: _, ...untold } = sentry;
	const missing = [
		{ setting: 'sentry.token' as const, reason: 'sentry.token: the variable SENTRY_TOKEN is not set', enable: 'set SENTRY_TOKEN' },
	];
	expect(await runCheck('sentry.errors', makeService('http://127.0.0.1:1', { sentry: untold, missing }))).toMatchObject({
		state: 'unknown',
		reason: 'sentry.token: the variable SENTRY_TOKEN is not set',
		enable: 'set SENTRY_TOKEN',
	});
	expect(await runCheck('sentry.errors', makeService('http://127.0.0.1:1'))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('sentry: {'),
	});
});
