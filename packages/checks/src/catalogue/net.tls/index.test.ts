import { expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { daysFromNow, makeAuthority, makeSelfSigned } from '../../fixtures/make-certificates.ts';
import { file, serve } from '../../fixtures/serve.ts';
import { judgeHandshake } from './index.ts';

const authority = makeAuthority();
const handler = file('text/html', '<p>hello</p>');

it('says which protocol a trusted connection has', async () => {
	const { url } = await serve(handler, { certificate: authority.issue(['127.0.0.1']) });
	expect(await runCheck('net.tls', makeService(url, { ca: authority.ca }))).toMatchObject({
		state: 'ok',
		reason: expect.stringMatching(/^TLSv1\.3 in [\d.]+ ms, trusted, for 127\.0\.0\.1$/),
	});
});

it.each([
	['an expired certificate', () => authority.issue(['127.0.0.1'], { from: daysFromNow(-9), to: daysFromNow(-2) }), ['tls.expired']],
	['a certificate signed by itself', () => makeSelfSigned(['127.0.0.1']), ['tls.self-signed']],
	['another name', () => authority.issue(['other.example']), ['tls.wrong-name']],
	['an unknown authority', () => makeAuthority().issue(['127.0.0.1']), ['tls.untrusted']],
	['several faults at once', () => makeSelfSigned(['other.example']), ['tls.self-signed', 'tls.wrong-name']],
])('fails for %s', async (_, make, codes) => {
	const { url } = await serve(handler, { certificate: make() });
	const observation = await runCheck('net.tls', makeService(url, { ca: authority.ca }));
	expect(observation.state).toBe('fail');
	expect(codesOf(observation)).toEqual(codes);
});

it('fails for protocols before 1.2', () => {
	const handshake = {
		kind: 'handshaken',
		address: '',
		protocol: 'TLSv1.1',
		cipher: '',
		trustError: null,
		nameError: null,
		chain: [],
		phases: [],
		durationMs: 1,
	} as const;
	expect(judgeHandshake(handshake, { host: 'shop.example', port: 443 })).toMatchObject([{ code: 'tls.protocol', severity: 'fail' }]);
	expect(judgeHandshake({ ...handshake, protocol: 'TLSv1.2' }, { host: 'shop.example', port: 443 })).toEqual([]);
});

it('fails when the port speaks no TLS', async () => {
	const { port } = await serve(handler);
	expect(codesOf(await runCheck('net.tls', makeService(`https://127.0.0.1:${port}`)))).toEqual(['tls.plain-text']);
});

it('says nothing about a service on plain http', async () => {
	const { url } = await serve(handler);
	expect(await runCheck('net.tls', makeService(url))).toMatchObject({
		state: 'unknown',
		reason: 'Served over plain http: there is no TLS and no certificate to look at',
	});
});
