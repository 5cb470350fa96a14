import { readFileSync } from 'node:fs';
import { Secret } from '@holdfast/checks/secret';
import type { SentryTarget } from '@holdfast/checks/vendors';
import { describe, expect, it } from 'vitest';
import { describeProviderContract, secret } from '../contract-suite.ts';
import type { Fetch } from '../http/ask-vendor.ts';
import { createSentryPort } from './index.ts';

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const tick = () => 0;
const now = () => Date.parse('2026-03-04T10:00:00Z');
const signal = new AbortController().signal;
const target: SentryTarget = { url: 'https://sentry.io', org: 'harbour', project: 'shop', token: new Secret(`${secret}\n`) };

function answer(url: string): string {
	const { pathname } = new URL(url);
	return read(/(issues|stats|events|sessions)\/$/.exec(pathname)?.[1] ?? 'missing');
}

const headers = ['accept', 'authorization', 'user-agent'];
const badBodies = ['', 'SECRET', '<!doctype html>SECRET', '{"detail":"SECRET"}', '[{"id":{"SECRET":1}}]'];

describeProviderContract({
	name: 'sentry errors',
	ask: (options, given) => createSentryPort({ ...options, tick, now }).readErrors(target, 15, given),
	goodBody: answer,
	badBodies,
	headers,
	requests: 2,
});

describeProviderContract({
	name: 'sentry performance',
	ask: (options, given) => createSentryPort({ ...options, tick, now }).readPerformance(target, 15, given),
	goodBody: answer,
	badBodies,
	headers,
	requests: 2,
});

describeProviderContract({
	name: 'sentry new issues',
	ask: (options, given) => createSentryPort({ ...options, tick, now }).readNewIssues(target, 'shop@1', given),
	goodBody: answer,
	badBodies,
	headers,
});

function watch(fetch: Fetch = async (url) => new Response(answer(url))) {
	const asked: URL[] = [];
	const port = createSentryPort({
		fetch: (url, init, reach) => {
			asked.push(new URL(url));
			return fetch(url, init, reach);
		},
		tick,
		now,
		timeoutMs: 1000,
	});
	return { asked, port };
}

describe('errors', () => {
	it('are the issues of the window, most events first, with how many of them are new', async () => {
		const { port, asked } = watch();
		const verdict = await port.readErrors(target, 15, signal);
		expect(verdict).toEqual({
			kind: 'answer',
			value: {
				issues: [
					expect.objectContaining({ id: '5002', count: 90, level: 'warning', culprit: null, users: null, url: null }),
					{
						id: '5001',
						title: "TypeError: Cannot read properties of undefined (reading 'price')",
						culprit: 'GET /products/[slug]',
						level: 'error',
						count: 42,
						users: 7,
						firstSeenAt: '2026-03-04T09:50:00.000Z',
						lastSeenAt: '2026-03-04T09:59:00.000Z',
						url: 'https://sentry.io/organizations/harbour/issues/5001/',
					},
				],
				newCount: 1,
				perHour: [3, 42],
				url: 'https://sentry.io/organizations/harbour/issues/?project=shop',
			},
		});
		expect(JSON.stringify(verdict)).not.toContain('abcdef0123456789');
		expect(asked[0]?.pathname).toBe('/api/0/organizations/harbour/issues/');
		expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
			projectSlug: 'shop',
			query: 'is:unresolved',
			sort: 'freq',
			statsPeriod: '15m',
			limit: '100',
		});
	});

	it('stand without the rate where that cannot be had', async () => {
		const { port } = watch(async (url) => (url.includes('/stats/') ? new Response('', { status: 403 }) : new Response(answer(url))));
		expect(await port.readErrors(target, 15, signal)).toMatchObject({ kind: 'answer', value: { perHour: null } });
	});

	it('of a release are asked for by its name, which cannot widen the question', async () => {
		const { port, asked } = watch();
		await port.readNewIssues(target, 'shop@1" OR *', signal);
		expect(asked[0]?.searchParams.get('query')).toBe('firstRelease:"shop@1 OR "');
	});
});

it('performance has transactions by calls, and crash-free sessions', async () => {
	const { port, asked } = watch();
	expect(await port.readPerformance(target, 90, signal)).toMatchObject({
		kind: 'answer',
		value: {
			transactions: [
				{ name: 'GET /products', count: 300, p75Ms: 910.25, p95Ms: null, failureRate: 0.02 },
				{ name: 'GET /', count: 12, p75Ms: 80.5, p95Ms: 210, failureRate: 0 },
			],
			crashFree: 0.985,
		},
	});
	expect(asked.map((url) => url.searchParams.get('statsPeriod'))).toEqual(['90m', '2h']);
});

describe('what cannot be asked is told before anything is sent', () => {
	const { token: _, ...withoutToken } = target;
	it.each<[string, SentryTarget, string]>([
		['no token', withoutToken, 'not-configured'],
		['an empty token', { ...target, token: new Secret('') }, 'not-configured'],
		['a token with a line break inside', { ...target, token: new Secret('a\nb') }, 'not-configured'],
		['no URL', { ...target, url: 'sentry' }, 'refused'],
		['another scheme', { ...target, url: 'ftp://sentry.io' }, 'refused'],
		['a path', { ...target, url: 'https://sentry.io/api/0' }, 'refused'],
		['credentials in the URL', { ...target, url: `https://ada:${secret}@sentry.io` }, 'refused'],
		['plain http for a public service', { ...target, url: 'http://sentry.harbour.example' }, 'refused'],
	])('%s', async (_name, given, code) => {
		const { port, asked } = watch();
		const verdict = await port.readErrors(given, 15, signal);
		expect(verdict).toMatchObject({ kind: 'no-answer', code });
		expect(JSON.stringify(verdict)).not.toContain(secret);
		expect(asked).toEqual([]);
	});

	it('plain http inside one’s own network is asked', async () => {
		const { port, asked } = watch();
		await port.readNewIssues({ ...target, url: 'http://127.0.0.1:9000', reach: { private: true } }, 'x', signal);
		expect(asked[0]?.host).toBe('127.0.0.1:9000');
	});

	it('an expired token is told with what to do', async () => {
		const { port } = watch(async () => new Response('{"detail":"Token expired"}', { status: 401 }));
		expect(await port.readErrors(target, 15, signal)).toMatchObject({
			code: 'unauthorized',
			reason: 'Sentry (sentry.io) does not accept the token: it is wrong or has expired (401)',
		});
	});
});
