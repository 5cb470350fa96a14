import { describe, expect, it } from 'vitest';
import { makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import type { StatusPagePort, VendorStatus } from '../../vendors.ts';

const asked: string[] = [];

function saying(indicators: Record<string, VendorStatus['indicator'] | null>) {
	return {
		vendors: {
			...silentVendors,
			statusPage: {
				readStatus: async (vendor: string) => {
					asked.push(vendor);
					const indicator = indicators[vendor] ?? null;
					if (indicator === null) return { kind: 'no-answer' as const, reason: `${vendor} does not answer`, enable: 'look' };
					const incidents = indicator === 'none' ? [] : [{ name: 'Slow queries', status: 'identified', impact: indicator, url: null }];
					return {
						kind: 'answer' as const,
						value: { vendor, page: `https://status.${vendor}.example`, indicator, description: 'All well', incidents, updatedAt: null },
					};
				},
			},
		},
	};
}

const service = makeService('http://127.0.0.1:1', { vendors: ['convex', 'vercel'] });

describe('an indicator', () => {
	it.each([
		['none', 'ok'],
		['minor', 'warn'],
		['maintenance', 'warn'],
		['major', 'fail'],
		['critical', 'fail'],
	] as const)('%s is %s', async (indicator, state) => {
		const observation = await runCheck('vendor.status', service, { vendor: 'convex' }, saying({ convex: indicator }));
		expect(observation.state).toBe(state);
		if (state !== 'ok')
			expect(observation.findings).toMatchObject([{ code: `vendor.${indicator}`, message: expect.stringContaining('Slow queries') }]);
	});
});

it('that cannot be read says nothing, never “down”', async () => {
	expect(await runCheck('vendor.status', service, { vendor: 'convex' }, saying({}))).toMatchObject({
		state: 'unknown',
		reason: 'convex does not answer',
		enable: 'look',
	});
});

it('looks at all vendors of the service; an outage counts though another is silent', async () => {
	expect(await runCheck('vendor.status', service, {}, saying({ convex: 'none', vercel: 'none' }))).toMatchObject({
		state: 'ok',
		reason: 'convex: All well; vercel: All well',
	});
	expect((await runCheck('vendor.status', service, {}, saying({ vercel: 'major' }))).state).toBe('fail');
	expect((await runCheck('vendor.status', service, {}, saying({ vercel: 'none' }))).state).toBe('unknown');
	expect((await runCheck('vendor.status', makeService('http://127.0.0.1:1'), {}, saying({}))).state).toBe('unknown');
});

it('asks a URL only where the service declares it', async () => {
	asked.length = 0;
	for (const vendor of [
		'http://127.0.0.1:6379/',
		'http://127.0.0.1:1/',
		'http://169.254.169.254/',
		'https://status.evil.example',
		'file:///etc/passwd',
	]) {
		expect(await runCheck('vendor.status', service, { vendor }, saying({ [vendor]: 'none' }))).toMatchObject({ state: 'unknown' });
	}
	expect(asked).toEqual([]);
	const page = 'https://status.harbour.example';
	expect(
		(await runCheck('vendor.status', makeService('http://127.0.0.1:1', { vendors: [page] }), { vendor: page }, saying({ [page]: 'none' })))
			.state,
	).toBe('ok');
});

it('asks a URL whose host is declared, listed, or a page that is known', async () => {
	const declared = makeService('http://127.0.0.1:1', { vendors: ['https://status.harbour.example'], allowHosts: ['*.pier.example'] });
	const answering = saying({});
	const { statusPage } = answering.vendors;
	const vendors = { ...answering.vendors, statusPage: { ...statusPage, isKnownPage: (host: string) => host === 'status.known.example' } };
	asked.length = 0;
	const pages = ['https://status.harbour.example/en', 'https://status.pier.example', 'https://status.known.example/'];
	for (const vendor of [...pages, 'https://status.known.example:8443/']) await runCheck('vendor.status', declared, { vendor }, { vendors });
	expect(asked).toEqual(pages);
});

it('hands on what the service allows', async () => {
	const reaches: unknown[] = [];
	const statusPage: StatusPagePort = {
		readStatus: async (_vendor, _signal, reach) => {
			reaches.push(reach);
			return { kind: 'no-answer', reason: 'none' };
		},
	};
	await runCheck('vendor.status', service, { vendor: 'convex' }, { vendors: { ...silentVendors, statusPage } });
	expect(reaches).toEqual([{ private: true }]);
});
