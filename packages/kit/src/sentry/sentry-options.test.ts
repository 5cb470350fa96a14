import { expect, it } from 'vitest';
import { defineEnv, secret, url } from '../env.ts';
import { sentryOptions } from '../sentry.ts';

const dsn = 'https://abc123@o1.ingest.example/42';
const SECRET = 'S3cr3tValue99';

it('reads DSN, release and environment', () => {
	expect(sentryOptions({ SENTRY_DSN: dsn, SENTRY_RELEASE: 'web@1', NODE_ENV: 'test' })).toMatchObject({
		dsn,
		enabled: true,
		release: 'web@1',
		environment: 'test',
		sendDefaultPii: false,
	});
	expect(sentryOptions({ VERCEL_GIT_COMMIT_SHA: 'abc' })).toMatchObject({ enabled: false, release: 'abc', environment: 'production' });
	expect(sentryOptions({ SENTRY_DSN: 'https://no-key.example/1' })).toMatchObject({ dsn: undefined, enabled: false });
});

it('sends no cookie, no credential, no value of a query, wherever it stands', () => {
	const url = `https://user:${SECRET}@shop.example/a?mail=${SECRET}&next=/x#token=${SECRET}`;
	const event = {
		transaction: `GET /orders?key=${SECRET}`,
		message: `Failed: Authorization: Bearer ${SECRET}`,
		request: {
			url,
			query_string: `a=${SECRET}`,
			cookies: { session: SECRET },
			data: { note: SECRET },
			headers: { Cookie: `a=${SECRET}`, authorization: SECRET, accept: '*/*' },
		},
		user: { email: SECRET },
		exception: { values: [{ type: 'Error', value: `GET ${url} gave 500` }] },
		spans: [{ description: `GET ${url}`, data: { 'http.query': `?q=${SECRET}`, 'url.full': url, 'http.request.header.cookie': [SECRET] } }],
		breadcrumbs: [{ data: { url: `/search?${SECRET}` } }],
	};
	const options = sentryOptions({ SENTRY_DSN: dsn });
	for (const hook of [options.beforeSend, options.beforeSendTransaction]) {
		const sent = hook(event);
		expect(JSON.stringify(sent)).not.toContain(SECRET);
		expect(sent).toMatchObject({ transaction: 'GET /orders?key=…', request: { headers: { accept: '*/*' } } });
	}
	const span = options.beforeSendSpan({ name: `GET ${url}`, start_timestamp: 1, attributes: { 'url.query': `q=${SECRET}`, code: 200 } });
	expect(JSON.stringify(span)).not.toContain(SECRET);
	expect(span).toMatchObject({ start_timestamp: 1, attributes: { 'url.query': 'q=…', code: 200 } });
});

it('takes the declared secrets out of messages, breadcrumbs and fields', () => {
	const env = defineEnv(
		{ SHOP_PEPPER: secret(), SESSION_SECRET: secret(), APP_URL: url() },
		{ SHOP_PEPPER: `${SECRET}-pepper`, SESSION_SECRET: 'k3J9', APP_URL: 'https://shop.example' },
		{},
	);
	const { beforeSend, beforeBreadcrumb } = sentryOptions({ SENTRY_DSN: dsn }, { env });
	const sent = beforeSend({
		message: `SHOP_PEPPER is ${SECRET}-pepper and SESSION_SECRET=k3J9`,
		exception: {
			values: [
				{
					value: `hash(${SECRET}-pepper) failed at https://shop.example`,
					stacktrace: { frames: [{ vars: { shop_pepper: 'x1', pin: [`${SECRET}-pepper`] } }] },
				},
			],
		},
		extra: { SHOP_PEPPER: 'x1', headers: [{ name: 'Cookie', value: 'x1' }], raw: ['x-api-key', 'x1', 'accept', '*/*'] },
	});
	expect(JSON.stringify(sent)).not.toMatch(/S3cr3t|k3J9|x1/);
	expect(JSON.stringify(sent)).toContain('hash(…) failed at https://shop.example');
	expect(sent?.extra.raw).toEqual(['x-api-key', '[removed]', 'accept', '*/*']);
	const crumb = beforeBreadcrumb({
		category: 'console',
		message: `env: SESSION_SECRET=k3J9 Cookie: session=${SECRET}`,
		data: { arguments: [`SHOP_PEPPER=${SECRET}-pepper`, { password: SECRET }], logger: 'console' },
	});
	expect(JSON.stringify(crumb)).not.toMatch(/S3cr3t|k3J9/);
	expect(crumb?.data.logger).toBe('console');
});

it('drops what cannot be scrubbed', () => {
	const broken = {
		name: SECRET,
		get transaction(): string {
			throw new Error('boom');
		},
	};
	const circular: Record<string, unknown> = { message: 'x' };
	circular.self = circular;
	const { beforeSend } = sentryOptions({});
	expect(beforeSend(broken)).toBeNull();
	expect(JSON.stringify(beforeSend(circular))).toContain('[removed]');
});
