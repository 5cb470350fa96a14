import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeProviderContract } from '../contract-suite.ts';
import { createConvexPort } from './index.ts';
import { translateVersion } from './translate.ts';

const body = readFileSync(new URL('./fixtures/version.txt', import.meta.url), 'utf8');
const tick = () => 0;

describeProviderContract({
	name: 'convex',
	ask: (options, signal) => createConvexPort({ ...options, tick, now: () => 0 }).readVersion('https://calm-otter-1.convex.cloud', signal),
	goodBody: body,
	badBodies: ['', '<!doctype html><title>SECRET</title>', '{"version":"1"}', 'two lines\nSECRET'],
});

it('reads the version as one word', () => {
	expect(translateVersion(body)).toBe('1.48.0+local.3');
	expect(translateVersion('unknown')).toBe('unknown');
	expect(translateVersion('This deployment is running')).toBeNull();
});

it('asks /version of the origin and times it', async () => {
	const asked: string[] = [];
	let now = 0;
	const port = createConvexPort({
		fetch: async (input) => {
			asked.push(input);
			now += 7;
			return new Response(body);
		},
		tick: () => now,
		timeoutMs: 1000,
		now: () => 0,
	});
	const verdict = await port.readVersion('http://127.0.0.1:3210/some/path?x=1', new AbortController().signal);
	expect([asked, verdict]).toEqual([
		['http://127.0.0.1:3210/version'],
		{ kind: 'answer', value: { version: '1.48.0+local.3', durationMs: 7 } },
	]);
});

it('refuses what is no URL', async () => {
	const port = createConvexPort({ fetch: async () => new Response(body), tick, timeoutMs: 1000, now: () => 0 });
	for (const url of ['calm-otter', 'file:///etc/passwd'])
		expect(await port.readVersion(url, new AbortController().signal)).toMatchObject({ kind: 'no-answer', code: 'refused' });
});
