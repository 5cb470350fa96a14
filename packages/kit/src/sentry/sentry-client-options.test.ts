import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { sentryClientOptions } from '../sentry-client.ts';

const dsn = 'https://abc123@o1.ingest.example/42';
const SECRET = 'S3cr3tValue99';

it('sends where it is told to, and nothing without a DSN', () => {
	expect(sentryClientOptions({ dsn, release: 'web@1', environment: 'test' })).toMatchObject({
		dsn,
		enabled: true,
		release: 'web@1',
		environment: 'test',
	});
	expect(sentryClientOptions({ dsn: null, release: '' })).toMatchObject({ enabled: false, release: undefined, environment: 'production' });
	expect(sentryClientOptions({ dsn: 'nonsense' }).enabled).toBe(false);
});

it('takes credentials out of what a page reports', () => {
	const { beforeSend, beforeBreadcrumb } = sentryClientOptions({ dsn });
	const event = {
		exception: { values: [{ type: 'Error', value: `POST /api/session?next=${SECRET} with csrf_token=${SECRET} gave 403` }] },
		request: {
			url: `https://shop.example/sign-in?mail=${SECRET}#t=${SECRET}`,
			headers: { Referer: `https://shop.example/?q=${SECRET}`, Cookie: SECRET },
		},
		user: { ip_address: '{{auto}}', email: SECRET },
		breadcrumbs: [
			{ category: 'fetch', data: { method: 'GET', url: `/api/token?sid=${SECRET}`, status_code: 200 } },
			{ category: 'console', message: `password: ${SECRET}`, data: { arguments: [{ password: SECRET }] } },
			{ category: 'navigation', data: { from: `/orders?placed=${SECRET}`, to: '/products' } },
		],
	};
	expect(JSON.stringify(beforeSend(event))).not.toContain(SECRET);
	expect(beforeSend(event)).toMatchObject({
		breadcrumbs: [{ data: { status_code: 200 } }, {}, { data: { from: '/orders?placed=…', to: '/products' } }],
	});
	for (const crumb of event.breadcrumbs) expect(JSON.stringify(beforeBreadcrumb(crumb))).not.toContain(SECRET);
});

it.each(['../sentry-client.ts', '../vitals-client.ts'])('%s needs nothing of Node, so that it runs in browsers', async (entry) => {
	const seen = new Set<string>();
	const foreign: string[] = [];
	const visit = async (file: string): Promise<void> => {
		if (seen.has(file)) return;
		seen.add(file);
		const source = await readFile(file, 'utf8');
		expect(source, file).not.toMatch(/\bprocess\.|\bBuffer\b/);
		for (const [, specifier = ''] of source.matchAll(/^(?:import|export)(?! type\b)[^;]*? from '([^']+)'/gm)) {
			if (specifier.startsWith('.')) await visit(resolve(dirname(file), specifier));
			else foreign.push(specifier);
		}
	};
	await visit(resolve(import.meta.dirname, entry));
	expect(seen.size).toBeGreaterThan(1);
	expect(foreign.filter((specifier) => specifier !== 'web-vitals/attribution')).toEqual([]);
});
