import { expect, it } from 'vitest';
import { makeService, silentVendors } from '../fixtures/check-service.ts';
import { makeAuthority } from '../fixtures/make-certificates.ts';
import { runChecks } from '../run.ts';
import { readAuthorities } from './trust.ts';

it('takes several authorities from one text', () => {
	const text = `# ours\n${makeAuthority().ca}\n${makeAuthority().ca}`;
	expect(readAuthorities(text)).toHaveLength(2);
});

it.each([
	'garbage-that-is-secret',
	'',
	'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
	'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
])('refuses %j before anything runs, and does not repeat it', async (ca) => {
	const run = runChecks({
		service: makeService('https://127.0.0.1:1', { ca }),
		requests: [{ id: 'net.tls', params: {} }],
		vendors: silentVendors,
	});
	const error = await run.catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({ message: expect.stringContaining('expected certificate authorities as PEM text') });
	expect(String(error)).not.toMatch(/AAAA|secret/);
});
