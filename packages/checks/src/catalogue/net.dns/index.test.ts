import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import type { NetProbe } from '../../probe/net-probe.ts';

function resolveWith(result: Awaited<ReturnType<NetProbe['resolve']>>): { probes: { net: NetProbe } } {
	const unused = async (): Promise<never> => Promise.reject(new Error('unused'));
	return { probes: { net: { resolve: async () => result, connect: unused, handshake: unused } } };
}

const shop = makeService('https://shop.example');

it('says to which addresses the name leads, and how long that took', async () => {
	const addresses = ['93.184.216.34', '2606:2800::1'].map((address) => ({ address, family: 4 }));
	const observation = await runCheck('net.dns', shop, {}, resolveWith({ kind: 'resolved', addresses, literal: false, durationMs: 12 }));
	expect(observation).toMatchObject({
		state: 'ok',
		subject: 'shop.example',
		reason: 'shop.example resolves to 93.184.216.34, 2606:2800::1 in 12 ms',
	});
});

it('warns when it takes long', async () => {
	const addresses = [{ address: '93.184.216.34', family: 4 }];
	const observation = await runCheck(
		'net.dns',
		shop,
		{ warn: 100 },
		resolveWith({ kind: 'resolved', addresses, literal: false, durationMs: 300 }),
	);
	expect(observation).toMatchObject({ state: 'warn', findings: [{ code: 'dns.slow' }] });
});

it('is well by definition for an address', async () => {
	expect(await runCheck('net.dns', makeService('http://127.0.0.1:1'))).toMatchObject({
		state: 'ok',
		reason: '127.0.0.1 is an address already: there is no name to resolve',
	});
});

it('fails for a name that does not exist, and cannot tell without a name server', async () => {
	const failure = {
		kind: 'failure',
		phase: 'dns',
		phases: [],
		durationMs: 1,
		reason: 'The name shop.example does not resolve (ENOTFOUND)',
	} as const;
	expect(await runCheck('net.dns', shop, {}, resolveWith({ ...failure, code: 'net.name-not-found', says: 'fail' }))).toMatchObject({
		state: 'fail',
		findings: [{ code: 'net.name-not-found' }],
	});
	expect(
		await runCheck('net.dns', shop, {}, resolveWith({ ...failure, code: 'net.resolver', says: 'unknown', fix: 'look' })),
	).toMatchObject({ state: 'unknown', enable: 'look', findings: [] });
});

it('looks at the Convex deployment where asked to', async () => {
	const service = makeService('http://127.0.0.1:1', { convexUrl: 'http://127.0.0.1:3210' });
	expect(await runCheck('net.dns', service, { target: 'convex' })).toMatchObject({ state: 'ok', key: 'net.dns target=convex' });
});
