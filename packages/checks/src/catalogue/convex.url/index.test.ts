import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { file, routes, serve } from '../../fixtures/serve.ts';
import { judgeConvexUrl } from './judge-convex-url.ts';

describe('a deployment’s URL', () => {
	it.each([
		'https://calm-otter-123.convex.cloud',
		'https://calm-otter-123.convex.cloud/',
		'https://calm-otter-123.eu-west-1.convex.cloud',
		'https://api.shop.example',
		'http://127.0.0.1:3210',
		'http://localhost:3210',
		'http://convex:3210',
		'http://10.0.0.9:3210',
	])('%s', (url) => expect(judgeConvexUrl(url, 'x')).toEqual([]));
});

describe('no deployment’s URL', () => {
	it.each([
		['', 'empty'],
		['"https://calm-otter-123.convex.cloud"', 'quotes'],
		[' https://calm-otter-123.convex.cloud', 'whitespace'],
		['https://calm-otter-123.convex.cloud\n', 'whitespace'],
		['calm-otter-123.convex.cloud', 'scheme'],
		['ws://calm-otter-123.convex.cloud', 'scheme'],
		['http://calm-otter-123.convex.cloud', 'scheme'],
		['calm-otter-123', 'form'],
		['https://ada:pw@calm-otter-123.convex.cloud', 'credentials'],
		['https://your-convex-url.convex.cloud', 'placeholder'],
		['https://your-project.convex.cloud', 'placeholder'],
		['https://example.com', 'placeholder'],
		['https://dashboard.convex.dev/t/shop', 'dashboard'],
		['https://calm-otter-123.convex.site', 'site'],
		['https://convex.cloud', 'form'],
		['https://calm-otter-123.convex.cloud:8443', 'form'],
		['https://calm-otter-123.convex.cloud/api', 'path'],
		['https://calm-otter-123.convex.cloud?x=1', 'path'],
	])('%j: %s', (url, code) => {
		const findings = judgeConvexUrl(url, 'NEXT_PUBLIC_CONVEX_URL');
		expect(findings.map((finding) => finding.code)).toEqual([`convex-url.${code}`]);
		expect(findings[0]?.message).toContain('NEXT_PUBLIC_CONVEX_URL');
		expect(JSON.stringify(findings)).not.toContain('pw@');
	});
});

it('comes from the configuration first', async () => {
	const service = makeService('http://127.0.0.1:1', { convexUrl: 'https://calm-otter-123.convex.site', convexUrlSource: 'holdfast.yaml' });
	const observation = await runCheck('convex.url', service);
	expect([observation.state, codesOf(observation)]).toEqual(['fail', ['convex-url.site']]);
	expect(observation.reason).toContain('clients need calm-otter-123.convex.cloud');
});

it('is found in the page’s own scripts, the deployment before its actions', async () => {
	const { url } = await serve(
		routes({
			'/': '<script src="/app.js"></script><p>x</p>',
			'/app.js': file('text/javascript', 'const a="https://calm-otter-1.convex.site",b="https://calm-otter-1.convex.cloud"'),
		}),
	);
	expect(await runCheck('convex.url', makeService(url))).toMatchObject({
		state: 'ok',
		reason: 'https://calm-otter-1.convex.cloud/ (from /app.js) has the form of a deployment’s URL',
	});
});

it('cannot be told where there is none, with words on how', async () => {
	const { url } = await serve(routes({ '/': '<p>x</p>' }));
	expect(await runCheck('convex.url', makeService(url))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('convex: {url:'),
	});
});
