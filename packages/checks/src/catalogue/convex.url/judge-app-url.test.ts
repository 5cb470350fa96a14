import { describe, expect, it } from 'vitest';
import { codesOf, runCheck } from '../../fixtures/check-service.ts';
import { makeConvexService, makeView, serveConvexService, withConvex } from '../../fixtures/convex-service.ts';
import { Secret } from '../../secret.ts';
import { judgeAppUrl, judgeKeyScope, readKeyScope } from './judge-app-url.ts';

const configured = { url: 'https://calm-otter-123.convex.cloud', source: 'holdfast.yaml' };
const app = (url: string | null, code: string | null = null) => ({ url, code, message: null });

describe('the URL that the application uses', () => {
	it.each([
		[app('https://calm-otter-123.convex.cloud'), []],
		[app('https://calm-oter-123.convex.cloud'), ['convex-url.differs']],
		[app('https://brave-lynx-9.convex.cloud'), ['convex-url.differs']],
		[app('https://calm-otter-123.convex.site'), ['convex-url.site', 'convex-url.differs']],
		[app('https://dashboard.convex.dev'), ['convex-url.dashboard', 'convex-url.differs']],
		[app(null, 'not-set'), ['convex-url.not-set']],
		[app(null, 'malformed'), ['convex-url.malformed']],
		[app(null, null), []],
	])('%j', (given, codes) => expect(judgeAppUrl(given, configured).map(({ code }) => code)).toEqual(codes));

	it('is named beside that of the configuration', () => {
		const [finding] = judgeAppUrl(app('https://calm-oter-123.convex.cloud'), configured);
		expect(finding?.message).toBe(
			'The application uses https://calm-oter-123.convex.cloud, and holdfast.yaml names https://calm-otter-123.convex.cloud: one of them looks like a typing error',
		);
	});

	it('is the same place by either name of the machine itself', () => {
		expect(judgeAppUrl(app('http://localhost:3210'), { ...configured, url: 'http://127.0.0.1:3210' })).toEqual([]);
		const [finding] = judgeAppUrl(app('http://localhost:3299'), { ...configured, url: 'http://127.0.0.1:3210' });
		expect(finding?.code).toBe('convex-url.differs');
	});
});

describe('the deployment that a key is of', () => {
	it.each([
		['prod:calm-otter-123|secret', true, []],
		['dev:calm-otter-123|secret', true, ['convex-url.dev']],
		['dev:calm-otter-123|secret', false, []],
		['prod:brave-lynx-9|secret', true, ['convex-url.other-deployment']],
		['preview:team:project|secret', true, []],
		['shop|0123456789abcdef', true, []],
	])('%s', (key, production, codes) => {
		expect(judgeKeyScope(configured.url, 'holdfast.yaml', readKeyScope(key), production).map(({ code }) => code)).toEqual(codes);
	});

	it('is named without the key', async () => {
		const service = makeConvexService({ convexUrl: configured.url, convexAdminKey: new Secret('prod:brave-lynx-9|s3cretpart99') });
		const observation = await runCheck('convex.url', service, {}, withConvex());
		expect([observation.state, codesOf(observation)]).toEqual(['warn', ['convex-url.other-deployment']]);
		expect(JSON.stringify(observation)).not.toContain('s3cretpart99');
	});
});

it('comes from the kit’s report, and is remembered', async () => {
	const service = await serveConvexService(makeView({ url: 'http://127.0.0.1:3999' }));
	const observation = await runCheck('convex.url', service, {}, withConvex());
	expect(observation).toMatchObject({ state: 'fail', facts: [{ name: 'convex:url', value: 'http://127.0.0.1:3999' }] });
	expect(observation.reason).toContain('http://127.0.0.1:3999');
	expect(observation.reason).toContain('http://127.0.0.1:3210');
});

it('is taken from the application where nothing else names it', async () => {
	const { convexUrl: _, ...service } = await serveConvexService(makeView());
	expect(await runCheck('convex.url', service, {}, withConvex())).toMatchObject({
		state: 'ok',
		reason: expect.stringContaining('the running application'),
	});
	const { convexUrl: _also, ...none } = await serveConvexService(makeView({ url: null, status: 'fail', code: 'not-set' }));
	expect(codesOf(await runCheck('convex.url', none, {}, withConvex()))).toEqual(['convex-url.not-set']);
});
