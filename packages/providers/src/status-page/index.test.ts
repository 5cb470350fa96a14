import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeProviderContract } from '../contract-suite.ts';
import type { Fetch } from '../http/ask-vendor.ts';
import { createStatusPagePort } from './index.ts';
import { findVendor, knownVendors } from './known-vendors.ts';
import { translateStatus } from './translate.ts';

const read = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const signal = new AbortController().signal;
const tick = () => 0;

describeProviderContract({
	name: 'status-page',
	ask: (options, given) => createStatusPagePort({ ...options, tick }).readStatus('https://status.harbour.example', given),
	goodBody: read('calm'),
	badBodies: [
		'',
		'SECRET',
		'[]',
		'{"status":"SECRET"}',
		'{"status":{"indicator":"on fire","description":"SECRET"}}',
		'<!doctype html>SECRET',
	],
});

describe('translating', () => {
	it('a calm page', () => {
		expect(translateStatus(read('calm'), 'Harbour', 'https://status.harbour.example')).toEqual({
			vendor: 'Harbour',
			page: 'https://status.harbour.example',
			indicator: 'none',
			description: 'All Systems Operational',
			incidents: [],
			updatedAt: '2026-03-04T04:06:07.000Z',
		});
	});

	it('incidents that are not over, one line each, links only where they are links', () => {
		expect(translateStatus(read('storm'), 'Harbour', 'x')?.incidents).toEqual([
			{ name: 'Queries fail in one region', status: 'identified', impact: 'major', url: 'https://stspg.example/i1' },
			{ name: 'Odd name in two lines', status: '', impact: 'minor', url: null },
		]);
	});

	it('a page with nothing but its status', () => {
		expect(translateStatus('{"status":{"indicator":"maintenance"}}', 'Harbour', 'x')).toMatchObject({
			indicator: 'maintenance',
			description: 'maintenance',
			updatedAt: null,
		});
		expect(
			translateStatus('{"status":{"indicator":"minor","description":"x"},"page":"odd","incidents":"odd"}', 'Harbour', 'x'),
		).toMatchObject({ indicator: 'minor', incidents: [] });
	});
});

describe('a vendor', () => {
	const asked: string[] = [];
	const fetch: Fetch = async (input) => {
		asked.push(input);
		return input.endsWith('/summary.json') && input.includes('old') ? new Response('', { status: 404 }) : new Response(read('calm'));
	};
	const port = createStatusPagePort({ fetch, tick, timeoutMs: 1000, pages: { vercel: 'http://127.0.0.1:9/page/' } });
	const askFor = async (vendor: string) => {
		asked.length = 0;
		return { verdict: await port.readStatus(vendor, signal), asked: [...asked] };
	};

	it('is asked at its known page', async () =>
		expect((await askFor('Convex')).asked).toEqual(['https://status.convex.dev/api/v2/summary.json']));
	it('is asked at the page that is configured for it', async () =>
		expect((await askFor('vercel')).asked).toEqual(['http://127.0.0.1:9/page/api/v2/summary.json']));
	it('may be a URL', async () =>
		expect((await askFor('https://status.x.example/?x=1')).asked).toEqual(['https://status.x.example/api/v2/summary.json']));
	it('without a summary is asked for its status', async () => {
		expect(await askFor('https://old.x.example')).toMatchObject({
			verdict: { kind: 'answer' },
			asked: ['https://old.x.example/api/v2/summary.json', 'https://old.x.example/api/v2/status.json'],
		});
	});
	it('that is not known is told, with the names that are', async () => {
		expect(await askFor('harbour')).toMatchObject({
			verdict: { kind: 'no-answer', code: 'refused', enable: expect.stringContaining('convex, fly, github') },
			asked: [],
		});
	});
	it('has a known page at its host and port only', () => {
		const hosts = ['status.convex.dev', '127.0.0.1:9', 'status.convex.dev:8443', '127.0.0.1', 'www.vercel-status.com', 'evil.example'];
		expect(hosts.map((host) => port.isKnownPage?.(host))).toEqual([true, true, false, false, false, false]);
	});
	it('is not asked with credentials in its URL', async () => {
		const { verdict, asked: urls } = await askFor('https://ada:hunter2@status.x.example');
		expect([verdict.kind, urls]).toEqual(['no-answer', []]);
		expect(JSON.stringify(verdict)).not.toContain('hunter2');
	});
});

it('known vendors have https pages and are found by every name', () => {
	for (const [id, vendor] of Object.entries(knownVendors)) {
		expect(vendor.page).toMatch(/^https:\/\/[a-z0-9.-]+$/);
		for (const name of [id, id.toUpperCase(), vendor.title, ...(vendor.also ?? [])]) expect(findVendor(name)?.id).toBe(id);
	}
	expect(findVendor('toString')).toBeNull();
});
