import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeAuthority } from '../../fixtures/make-certificates.ts';
import { file, json, serve } from '../../fixtures/serve.ts';

const headers = {
	'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'no-referrer',
};

it('grades a page and leaves https rules out on the machine itself', async () => {
	const { url } = await serve(file('text/html', '<p>x</p>', headers));
	expect(await runCheck('http.security-headers', makeService(url))).toMatchObject({
		state: 'ok',
		reason: expect.stringMatching(
			/^Grade A\+, 115 of 100; https rules left out on this machine itself: elsewhere plain http costs 40 points/,
		),
		measurements: [{ name: 'score', value: 115, unit: 'score' }],
	});
});

it('makes each gap a finding with its points and its fix', async () => {
	const { url } = await serve(file('text/html', '<p>x</p>'));
	const observation = await runCheck('http.security-headers', makeService(url));
	expect(observation).toMatchObject({
		state: 'warn',
		reason: expect.stringMatching(/^Grade C, 50 of 100: There is no Content-Security-Policy \(-25 points\) \(and 2 more\)/),
	});
	expect(codesOf(observation)).toEqual([
		'headers.csp-missing',
		'headers.frame-missing',
		'headers.nosniff-missing',
		'headers.hsts-no-https',
		'headers.redirection-no-https',
	]);
	expect(observation.findings.every(({ fix }) => fix !== undefined)).toBe(true);
	expect(observation.findings.map(({ severity }) => severity)).toEqual(['warn', 'warn', 'warn', 'info', 'info']);
});

it('takes its bounds from its parameters', async () => {
	const { url } = await serve(file('text/html', '<p>x</p>'));
	expect((await runCheck('http.security-headers', makeService(url), { warn: 50 })).state).toBe('ok');
	expect((await runCheck('http.security-headers', makeService(url), { fail: 60 })).state).toBe('fail');
});

it('sees that every origin may read with credentials', async () => {
	const { url } = await serve((request, response) => {
		const origin = request.headers.origin;
		response
			.writeHead(200, {
				'content-type': 'text/html',
				...headers,
				...(origin === undefined ? {} : { 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' }),
			})
			.end('<p>x</p>');
	});
	expect(codesOf(await runCheck('http.security-headers', makeService(url)))).toContain('headers.cors-universal');
});

it('says nothing about an error answer', async () => {
	const { url } = await serve(json({}, 500));
	expect((await runCheck('http.security-headers', makeService(url))).state).toBe('unknown');
});

it('grades A+ over TLS of an authority that it is told to trust', async () => {
	const authority = makeAuthority();
	const certificate = authority.issue(['127.0.0.1']);
	const hsts = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' };
	const { url } = await serve(file('text/html', '<p>x</p>', { ...headers, ...hsts }), { certificate });
	const observation = await runCheck('http.security-headers', makeService(url, { ca: authority.ca }));
	expect(observation).toMatchObject({ state: 'ok', reason: 'Grade A+, 115 of 100' });
});
