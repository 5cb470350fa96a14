import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { daysFromNow, makeAuthority } from '../../fixtures/make-certificates.ts';
import { file, serve } from '../../fixtures/serve.ts';
import { judgeExpiry } from './index.ts';

const authority = makeAuthority();
const at = Date.parse('2026-03-01T00:00:00Z');
const day = 86_400_000;

function certificate(subject: string, fromDays: number, toDays: number) {
	return {
		subject,
		issuer: 'x',
		names: [],
		validFrom: new Date(at + fromDays * day).toISOString(),
		validTo: new Date(at + toDays * day).toISOString(),
		fingerprint: subject,
	};
}

describe('the end of a certificate', () => {
	it.each([
		[90, null, null],
		[22, null, null],
		[21, 'tls.expires-soon', 'warn'],
		[4, 'tls.expires-soon', 'warn'],
		[3, 'tls.expires-soon', 'fail'],
		[0.5, 'tls.expires-soon', 'fail'],
		[0, 'tls.expired', 'fail'],
		[-5, 'tls.expired', 'fail'],
	])('in %s days gives %s', (days, code, severity) => {
		const { finding } = judgeExpiry({ chain: [certificate('leaf', -30, days)] }, at, { warn: 21, fail: 3 });
		expect([finding?.code ?? null, finding?.severity ?? null]).toEqual([code, severity]);
	});

	it('is that of the certificate of the chain that ends first', () => {
		const { finding, daysLeft } = judgeExpiry({ chain: [certificate('leaf', -30, 80), certificate('middle', -300, 10)] }, at, {
			warn: 21,
			fail: 3,
		});
		expect([daysLeft, finding?.message]).toEqual([10, 'The certificate of middle in the chain ends in 10 days (2026-03-11)']);
	});

	it('counts for nothing before its begin', () => {
		expect(judgeExpiry({ chain: [certificate('leaf', 2, 80)] }, at, { warn: 21, fail: 3 }).finding?.code).toBe('tls.not-yet-valid');
	});
});

it('shows days left, names and chain of a good one', async () => {
	const { url } = await serve(file('text/html', 'x'), { certificate: authority.issue(['127.0.0.1', 'shop.example']) });
	const observation = await runCheck('tls.certificate', makeService(url, { ca: authority.ca }));
	expect(observation).toMatchObject({ state: 'ok', measurements: [{ name: 'days-left', unit: 'days' }] });
	expect(observation.evidence[0]?.body).toContain('shop.example');
});

it('tells an expired certificate of another name once each', async () => {
	const { url } = await serve(file('text/html', 'x'), {
		certificate: authority.issue(['other.example'], { from: daysFromNow(-20), to: daysFromNow(-2) }),
	});
	expect(codesOf(await runCheck('tls.certificate', makeService(url, { ca: authority.ca })))).toEqual(['tls.expired', 'tls.wrong-name']);
});

it('takes the days from its parameters', async () => {
	const { url } = await serve(file('text/html', 'x'), { certificate: authority.issue(['127.0.0.1'], { to: daysFromNow(40) }) });
	const service = makeService(url, { ca: authority.ca });
	expect((await runCheck('tls.certificate', service)).state).toBe('ok');
	expect((await runCheck('tls.certificate', service, { warn: 60 })).state).toBe('warn');
	expect((await runCheck('tls.certificate', service, { warn: 60, fail: 50 })).state).toBe('fail');
});

it('says nothing about a service on plain http', async () => {
	const { url } = await serve(file('text/html', 'x'));
	expect(await runCheck('tls.certificate', makeService(url))).toMatchObject({ state: 'unknown', enable: expect.stringContaining('https') });
});
