import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { findClosedPort, serveRaw } from '../../fixtures/serve.ts';

it('says that the port accepts connections', async () => {
	const { url, port } = await serveRaw(() => {});
	expect(await runCheck('net.tcp', makeService(url))).toMatchObject({
		state: 'ok',
		subject: `127.0.0.1:${port}`,
		phases: [{ name: 'connect' }],
	});
});

it('says that nothing listens', async () => {
	const port = await findClosedPort();
	expect(await runCheck('net.tcp', makeService(`http://127.0.0.1:${port}`))).toMatchObject({
		state: 'fail',
		reason: `Nothing listens on 127.0.0.1:${port} (connection refused)`,
		findings: [{ code: 'net.refused', fix: expect.any(String) }],
	});
});

it('cannot tell where it may not ask', async () => {
	const { url } = await serveRaw(() => {});
	expect(await runCheck('net.tcp', makeService(url, { private: false }))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('private: true'),
	});
});

it('looks at the Convex deployment where asked to', async () => {
	const port = await findClosedPort();
	const service = makeService('http://127.0.0.1:1', { convexUrl: `http://127.0.0.1:${port}` });
	expect(await runCheck('net.tcp', service, { target: 'convex' })).toMatchObject({ state: 'fail', subject: `127.0.0.1:${port}` });
});
