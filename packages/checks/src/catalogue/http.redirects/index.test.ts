import http from 'node:http';
import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { makeAuthority } from '../../fixtures/make-certificates.ts';
import { file, findClosedPort, type Handler, redirect, routes, serve } from '../../fixtures/serve.ts';
import { runChecks } from '../../run.ts';

const page = file('text/html', '<p>Products</p>');
const authority = makeAuthority();

/** What an application does that insists on https and believes only the forwarded scheme. */
function insistOnHttps(publicUrl: () => string): Handler {
	return (request, response) => {
		if (request.headers['x-forwarded-proto'] === 'https')
			return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Products</p>');
		return void response.writeHead(308, { location: `${publicUrl()}${request.url}`, server: 'shop' }).end();
	};
}

/** A proxy that ends TLS. */
async function serveBehindTls(origin: string, forward: boolean) {
	const certificate = authority.issue(['127.0.0.1']);
	return serve(
		(request, response) => {
			const headers = { ...request.headers, ...(forward ? { 'x-forwarded-proto': 'https' } : {}) };
			const onward = http.request(`${origin}${request.url}`, { headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 502, { ...answer.headers, via: '1.1 proxy' });
				answer.pipe(response);
			});
			request.pipe(onward);
		},
		{ certificate },
	);
}

describe('chains that end', () => {
	it('without a redirect', async () => {
		const { url } = await serve(page);
		expect(await runCheck('http.redirects', makeService(url))).toMatchObject({ state: 'ok', reason: '/ answers 200 without a redirect' });
	});

	it('after redirects, cookies of the way sent along', async () => {
		const { url } = await serve((request, response) => {
			if (request.headers.cookie === 'seen=1') return page(request, response);
			return void response.writeHead(302, { location: '/', 'set-cookie': 'seen=1; Path=/' }).end();
		});
		const observation = await runCheck('http.redirects', makeService(url));
		expect(observation).toMatchObject({ state: 'ok', reason: `/ ends at ${url}/ with 200 after 1 redirect` });
		expect(observation.evidence[0]?.body).toContain('sets 1 cookie');
	});

	it('exactly at the limit of 20', async () => {
		const { url } = await serve((request, response) => {
			const step = Number(new URL(request.url ?? '/', 'http://x').searchParams.get('n') ?? 0);
			return step >= 20 ? page(request, response) : redirect(`/?n=${step + 1}`)(request, response);
		});
		expect(await runCheck('http.redirects', makeService(url))).toMatchObject({ state: 'ok', measurements: [{ value: 20 }] });
	});
});

describe('a TLS-terminating proxy', () => {
	it('that does not forward the scheme makes a loop, named with its fix', async () => {
		let publicUrl = '';
		const origin = await serve(insistOnHttps(() => publicUrl));
		const proxy = await serveBehindTls(origin.url, false);
		publicUrl = proxy.url;
		const observations = await runChecks({
			service: makeService(proxy.url, { ca: authority.ca }),
			requests: ['http.redirects', 'http.page'].map((id) => ({ id, params: {} })),
			vendors: silentVendors,
		});
		const redirects = observations.find(({ check }) => check === 'http.redirects');
		expect(redirects).toMatchObject({
			state: 'fail',
			reason: `${proxy.url}/ redirects to itself without end: the proxy ends TLS and does not tell the application, which takes the request for plain http`,
			findings: [{ code: 'redirect.scheme-loop', fix: expect.stringContaining('X-Forwarded-Proto: https') }],
		});
		expect(redirects?.evidence[0]?.body).toContain('server: shop; via: 1.1 proxy');
		expect(observations.filter(({ state, echoOf }) => state === 'fail' && echoOf === null).map(({ key }) => key)).toEqual([
			'http.redirects',
		]);
	});

	it('that forwards it makes none', async () => {
		let publicUrl = '';
		const origin = await serve(insistOnHttps(() => publicUrl));
		const proxy = await serveBehindTls(origin.url, true);
		publicUrl = proxy.url;
		expect(await runCheck('http.redirects', makeService(proxy.url, { ca: authority.ca }))).toMatchObject({ state: 'ok' });
	});

	it('is not blamed for one page that redirects to itself', async () => {
		const { url } = await serve(routes({ '/': page, '/login': redirect('/login') }), { certificate: authority.issue(['127.0.0.1']) });
		const observation = await runCheck('http.redirects', makeService(url, { ca: authority.ca }), { path: '/login' });
		expect(observation).toMatchObject({
			state: 'fail',
			reason: `${url}/login redirects to itself without end`,
			findings: [{ code: 'redirect.loop', fix: expect.stringMatching(/sign-in.*X-Forwarded-Proto: https/) }],
		});
	});

	it('is not blamed where every path leads to one sign-in, nor where the loop sets a cookie', async () => {
		const secure = { certificate: authority.issue(['127.0.0.1']) };
		const signIn = await serve(redirect('/login'), secure);
		const withCookie = await serve(
			(request, response) => void response.writeHead(302, { location: request.url, 'set-cookie': 'seen=1; Path=/' }).end(),
			secure,
		);
		for (const { url } of [signIn, withCookie])
			expect(codesOf(await runCheck('http.redirects', makeService(url, { ca: authority.ca })))).toEqual(['redirect.loop']);
	});

	it('and an application that each want the other scheme go round between the two', async () => {
		let plainUrl = '';
		const secure = await serve((request, response) => redirect(`${plainUrl}${request.url}`)(request, response), {
			certificate: authority.issue(['127.0.0.1']),
		});
		const plain = await serve((request, response) => redirect(`${secure.url}${request.url}`)(request, response));
		plainUrl = plain.url;
		const observation = await runCheck('http.redirects', makeService(secure.url, { ca: authority.ca }));
		expect(codesOf(observation)).toEqual(['redirect.scheme-loop', 'redirect.downgrade']);
		expect(observation.reason).toContain('between http and https');
	});
});

describe('what is wrong with a chain', () => {
	it('a circle', async () => {
		const { url } = await serve(routes({ '/': redirect('/login'), '/login': redirect('/account'), '/account': redirect('/login') }));
		const observation = await runCheck('http.redirects', makeService(url));
		expect(observation).toMatchObject({
			state: 'fail',
			findings: [{ code: 'redirect.loop', message: `Redirects go round in a circle of 2: ${url}/login → ${url}/account → ${url}/login` }],
		});
	});

	it('a plain http page that redirects to itself is a circle, and no matter of the scheme', async () => {
		const { url } = await serve(redirect('/'));
		expect(codesOf(await runCheck('http.redirects', makeService(url)))).toEqual(['redirect.loop']);
	});

	it('more than 20', async () => {
		const { url } = await serve((request, response) =>
			redirect(`/?n=${Number(new URL(request.url ?? '/', 'http://x').searchParams.get('n') ?? 0) + 1}`)(request, response),
		);
		expect(codesOf(await runCheck('http.redirects', makeService(url)))).toEqual(['redirect.too-many']);
	});

	it('cookies that keep changing make too many, not a circle', async () => {
		let count = 0;
		const { url } = await serve(
			(_request, response) => void response.writeHead(302, { location: '/', 'set-cookie': `n=${count++}; Path=/` }).end(),
		);
		expect(codesOf(await runCheck('http.redirects', makeService(url)))).toEqual(['redirect.too-many']);
	});

	it('another host is a warning, and is not followed', async () => {
		const { url } = await serve(redirect('https://elsewhere.example/x?token=secretsecret'));
		const observation = await runCheck('http.redirects', makeService(url));
		expect(observation).toMatchObject({
			state: 'warn',
			findings: [{ code: 'redirect.off-host', fix: 'add elsewhere.example to allowHosts if it belongs to the service' }],
		});
		expect(JSON.stringify(observation)).not.toContain('secretsecret');
	});

	it.each([
		'http://169.254.169.254/latest/meta-data',
		'http://[::ffff:169.254.169.254]/',
		'http://metadata.google.internal/',
		'http://10.0.0.7/admin',
	])('%s is refused', async (to) => {
		const { url } = await serve(redirect(to));
		const observation = await runCheck('http.redirects', makeService(url));
		expect(observation).toMatchObject({ state: 'fail', findings: [{ code: 'redirect.refused-target' }] });
	});

	it('a target at which nothing answers, and the scheme as its reason', async () => {
		const port = await findClosedPort();
		const { url } = await serve(redirect(`https://127.0.0.1:${port}/`, 308));
		const observation = await runCheck('http.redirects', makeService(url));
		expect(observation).toMatchObject({ state: 'fail', findings: [{ code: 'redirect.dead-end', fix: expect.stringContaining('https') }] });
	});

	it('a redirect to nowhere', async () => {
		const { url } = await serve((_request, response) => void response.writeHead(302).end());
		expect(codesOf(await runCheck('http.redirects', makeService(url)))).toEqual(['redirect.no-location']);
	});

	it('https given up on the way', async () => {
		const plain = await serve(page);
		const secure = await serve(redirect(`${plain.url}/`), { certificate: authority.issue(['127.0.0.1']) });
		const observation = await runCheck('http.redirects', makeService(secure.url, { ca: authority.ca }));
		expect([observation.state, codesOf(observation)]).toEqual(['warn', ['redirect.downgrade']]);
	});
});

it('sends no cookie of one host to another', async () => {
	let received: string | undefined = 'nothing asked';
	const other = await serve(
		(request, response) => {
			received = request.headers.cookie;
			page(request, response);
		},
		{ host: 'localhost' },
	);
	const { url } = await serve(
		(_request, response) => void response.writeHead(302, { location: `${other.url}/`, 'set-cookie': 'sid=1; Path=/' }).end(),
	);
	await runCheck('http.redirects', makeService(url, { allowHosts: ['localhost'] }));
	expect(received).toBeUndefined();
});
