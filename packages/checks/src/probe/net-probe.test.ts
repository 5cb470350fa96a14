import { describe, expect, it } from 'vitest';
import { daysFromNow, makeAuthority, makeSelfSigned } from '../fixtures/make-certificates.ts';
import { file, findClosedPort, serve, serveRaw } from '../fixtures/serve.ts';
import { createNetProbe } from './net-probe.ts';

const signal = new AbortController().signal;
const authority = makeAuthority();
const probe = createNetProbe({
	policy: { url: 'http://127.0.0.1', private: true, allowHosts: ['localhost', 'no-such-name.invalid'] },
	ca: authority.ca,
	timeoutMs: 2000,
});

describe('names', () => {
	it('resolve to addresses', async () => {
		const result = await probe.resolve({ host: 'localhost', signal });
		expect(result).toMatchObject({ kind: 'resolved', literal: false });
	});
	it('that are addresses are not asked for', async () => {
		expect(await probe.resolve({ host: '127.0.0.1', signal })).toMatchObject({ literal: true, durationMs: 0 });
		expect(await probe.resolve({ host: '[::1]', signal })).toMatchObject({ code: 'target.host' });
	});
	it('that do not exist are told as such, or as unknown when there is no name server', async () => {
		const result = await probe.resolve({ host: 'no-such-name.invalid', signal });
		expect(['net.name-not-found', 'net.resolver']).toContain(result.kind === 'failure' ? result.code : null);
	});
});

describe('connections', () => {
	it('are opened and timed', async () => {
		const { port } = await serveRaw(() => {});
		expect(await probe.connect({ host: '127.0.0.1', port, signal })).toMatchObject({
			kind: 'connected',
			address: '127.0.0.1',
			phases: [{ name: 'connect' }],
		});
	});
	it('that are refused are told with host and port', async () => {
		const port = await findClosedPort();
		expect(await probe.connect({ host: '127.0.0.1', port, signal })).toMatchObject({
			code: 'net.refused',
			reason: `Nothing listens on 127.0.0.1:${port} (connection refused)`,
		});
	});
});

describe('a handshake', () => {
	const shake = async (certificate: ReturnType<typeof makeSelfSigned>, host = '127.0.0.1') => {
		const { port } = await serve(file('text/plain', 'x'), { certificate });
		return probe.handshake({ host, port, signal });
	};

	it('tells protocol, chain and names', async () => {
		expect(await shake(authority.issue(['localhost', '127.0.0.1']), 'localhost')).toMatchObject({
			kind: 'handshaken',
			protocol: 'TLSv1.3',
			trustError: null,
			nameError: null,
			chain: [{ subject: 'localhost', issuer: 'Test Authority', names: ['localhost', '127.0.0.1'] }, { subject: 'Test Authority' }],
		});
	});

	it('reads the certificate even when it is not trusted', async () => {
		expect(await shake(makeSelfSigned(['127.0.0.1']))).toMatchObject({
			trustError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
			nameError: null,
			chain: [{ subject: '127.0.0.1' }],
		});
	});

	it('tells a wrong name and an end in the past together', async () => {
		expect(await shake(authority.issue(['other.example'], { from: daysFromNow(-9), to: daysFromNow(-2) }))).toMatchObject({
			trustError: 'CERT_HAS_EXPIRED',
			nameError: expect.stringContaining('127.0.0.1'),
		});
	});

	it('that hangs is told as one', async () => {
		const { port } = await serveRaw(() => {});
		expect(await probe.handshake({ host: '127.0.0.1', port, signal, timeoutMs: 60 })).toMatchObject({
			code: 'net.timeout.tls',
			phase: 'tls',
		});
	});

	it('with something that speaks no TLS', async () => {
		const { port } = await serve(file('text/plain', 'x'));
		expect(await probe.handshake({ host: '127.0.0.1', port, signal })).toMatchObject({ code: 'tls.plain-text' });
	});

	it('is not begun with an address that may not be asked', async () => {
		expect(await probe.handshake({ host: '169.254.169.254', port: 80, signal })).toMatchObject({
			code: 'target.metadata',
			says: 'unknown',
		});
	});
});
