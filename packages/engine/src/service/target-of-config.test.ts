import { describe, expect, it } from 'vitest';
import { createTestContext } from '../fixtures/test-context.ts';
import { resolveService } from './resolve-service.ts';

const config = `version: 1
services:
  bakery:
    url: https://bakery.example
    kit: {token: {file: secrets/kit-token}}
    convex: {url: https://quiet-otter-1.convex.cloud, siteUrl: https://quiet-otter-1.convex.site, adminKey: {env: CONVEX_KEY}, users: {table: members}}
    sentry: {org: bakery, project: web, token: {env: SENTRY_TOKEN}}
    synthetic: {user: probe@bakery.example, password: {env: PROBE_PASSWORD}, path: /login}
    secrets: [SESSION_SECRET]
    checkout: ..
    log: {file: logs/bakery.log}
    envFile: /srv/bakery/.env
`;
const environment = { CONVEX_KEY: 'key-one', SENTRY_TOKEN: 'key-two', PROBE_PASSWORD: 'key-three' };

function resolve(more: { readonly files?: Record<string, string>; readonly environment?: Record<string, string> }) {
	const files = { 'app/holdfast.yaml': config, ...more.files };
	const ctx = createTestContext({ files, environment: more.environment ?? environment });
	return resolveService({ ...ctx, directory: '/work/app' }, {});
}

describe('targetOfConfig', () => {
	it('fills every field, with paths from the configuration and secrets read where they lie', async () => {
		const { target } = await resolve({ files: { 'app/secrets/kit-token': 'key-zero\r\n' } });
		expect(target).toMatchObject({
			convexUrl: 'https://quiet-otter-1.convex.cloud',
			convexSiteUrl: 'https://quiet-otter-1.convex.site',
			convexUsers: { table: 'members', field: 'email' },
			sentry: { url: 'https://sentry.io', org: 'bakery', project: 'web' },
			synthetic: { user: 'probe@bakery.example', path: '/login' },
			secrets: ['SESSION_SECRET'],
			checkout: '/work',
			logFile: '/work/app/logs/bakery.log',
			envFile: '/srv/bakery/.env',
		});
		const secrets = [target.kitToken, target.convexAdminKey, target.sentry?.token, target.synthetic?.password];
		expect(secrets.map((secret) => secret?.reveal())).toEqual(['key-zero', 'key-one', 'key-two', 'key-three']);
		expect(target.missing).toBeUndefined();
		expect(JSON.stringify(target)).not.toMatch(/key-(zero|one|two|three)/);
	});

	it('goes on without the secrets that cannot be had, and says each with what to do', async () => {
		const { target } = await resolve({ environment: {} });
		expect(target.missing?.map(({ setting, reason }) => [setting, reason])).toEqual([
			['kit.token', 'kit.token: secrets/kit-token: there is no such file'],
			['convex.adminKey', 'convex.adminKey: the variable CONVEX_KEY is not set'],
			['sentry.token', 'sentry.token: the variable SENTRY_TOKEN is not set'],
			['synthetic.password', 'synthetic.password: the variable PROBE_PASSWORD is not set'],
		]);
		expect(target.missing?.every(({ enable }) => enable.length > 0)).toBe(true);
		expect(target.sentry).toEqual({ url: 'https://sentry.io', org: 'bakery', project: 'web' });
		expect(target.synthetic).toBeUndefined();
	});
});
