import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { findFreePort } from '../../scripts/steps/free-port.mjs';

/** Listens at one address only, and says on which port; null where this machine has no such address. */
async function listen(host: string): Promise<{ port: number; close: () => Promise<unknown> } | null> {
	const server = createServer();
	const ok = await new Promise<boolean>((resolve) => {
		server.once('error', () => resolve(false));
		server.listen({ port: 0, host, ipv6Only: host === '::1' }, () => resolve(true));
	});
	const address = server.address();
	if (!ok || address === null || typeof address === 'string') return null;
	return { port: address.port, close: () => new Promise((resolve) => server.close(resolve)) };
}

it.each(['127.0.0.1', '::1'])('goes on to the next port when %s has it taken', async (host) => {
	const taken = await listen(host);
	if (taken === null) return expect(host, 'every machine has 127.0.0.1').toBe('::1');
	try {
		expect(await findFreePort(taken.port)).toBeGreaterThan(taken.port);
	} finally {
		await taken.close();
	}
	expect(await findFreePort(taken.port)).toBe(taken.port);
});

it('does not mind an address that this machine does not have', async () => {
	const taken = await listen('127.0.0.1');
	await taken?.close();
	expect(await findFreePort(taken?.port ?? 0, ['127.0.0.1', '2001:db8::1'])).toBe(taken?.port);
});
