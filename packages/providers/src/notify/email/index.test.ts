import { Secret } from '@holdfast/checks/secret';
import { describe, expect, it } from 'vitest';
import { makeAuthority } from '../../../../../packages/checks/src/fixtures/make-certificates.ts';
import { findClosedPort, serveRaw } from '../../../../../packages/checks/src/fixtures/serve.ts';
import { startMailServer } from '../../../../../packages/providers/src/fixtures/mail-server.ts';
import { secret } from '../../contract-suite.ts';
import { createChannel } from '../create-channel.ts';
import { hostile, signInFails, signInIsBack } from '../fixtures/messages.ts';
import { noInbox } from '../fixtures/no-inbox.ts';
import type { NotificationMessage } from '../message.ts';

const authority = makeAuthority();
const certificate = authority.issue(['localhost']);
const never = new AbortController().signal;

interface Given {
	readonly host?: string;
	readonly secure?: boolean;
	readonly password?: boolean;
	readonly private?: boolean;
	readonly ca?: string;
	readonly timeoutMs?: number;
	readonly to?: readonly string[];
	readonly from?: string;
}

function channel(port: number, given: Given = {}) {
	return createChannel(
		{
			kind: 'email',
			smtp: {
				host: given.host ?? 'localhost',
				port,
				...(given.secure === undefined ? {} : { secure: given.secure }),
				...(given.password === true ? { user: 'ops', password: new Secret(secret) } : {}),
			},
			from: given.from ?? 'Holdfast <holdfast@shop.example>',
			to: given.to ?? ['ada@shop.example', 'ben@shop.example'],
			private: given.private ?? true,
		},
		{ inbox: noInbox, ...(given.ca === undefined ? {} : { ca: given.ca }), timeoutMs: given.timeoutMs ?? 5000 },
	);
}

const send = async (port: number, given: Given = {}, message: NotificationMessage = signInFails, signal = never) => {
	const delivery = await channel(port, given).send(message, { signal });
	expect(JSON.stringify(delivery)).not.toContain(secret);
	return delivery;
};

/** Folded lines are joined. */
function readHeaders(raw: string): Readonly<Record<string, string>> {
	const [head = ''] = raw.split('\r\n\r\n');
	const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
	return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
}

describe('a mail', () => {
	it('comes with TLS from STARTTLS, signed in, as text and HTML', async () => {
		const server = await startMailServer(certificate);
		const delivery = await send(server.port, { password: true, ca: authority.ca });
		const [mail] = server.mails;
		const headers = readHeaders(mail?.raw ?? '');
		expect(delivery).toEqual({
			kind: 'delivered',
			reason: `The mail server localhost:${server.port} has taken the mail`,
			id: headers['message-id'],
		});
		expect(mail).toMatchObject({ from: 'holdfast@shop.example', to: ['ada@shop.example', 'ben@shop.example'], overTls: true, user: 'ops' });
		expect(server.passwords).toEqual([secret]);
		expect(headers).toMatchObject({
			from: 'Holdfast <holdfast@shop.example>',
			to: 'ada@shop.example, ben@shop.example',
			subject: '#42 Sign-in is failing on shop-production',
			'auto-submitted': 'auto-generated',
			'x-auto-response-suppress': 'All',
			'x-priority': '1 (Highest)',
			'message-id': expect.stringMatching(/^<[0-9a-f]{40}\.message\.holdfast@shop\.example>$/),
			'content-type': expect.stringContaining('multipart/alternative'),
		});
		expect(mail?.raw).toContain('Content-Type: text/plain; charset=utf-8');
		expect(mail?.raw).toContain('Content-Type: text/html; charset=utf-8');
	});

	it('comes with TLS from the first byte', async () => {
		const server = await startMailServer({ ...certificate, secure: true });
		expect(await send(server.port, { secure: true, password: true, ca: authority.ca })).toMatchObject({ kind: 'delivered' });
		expect(server.mails).toMatchObject([{ overTls: true }]);
	});

	it('of one incident is one thread, and a second attempt is the same mail', async () => {
		const server = await startMailServer();
		for (const message of [signInFails, signInFails, signInIsBack]) await send(server.port, {}, message);
		const [first, again, last] = server.mails.map(({ raw }) => readHeaders(raw));
		expect(first?.['message-id']).toBe(again?.['message-id']);
		expect(last?.['message-id']).not.toBe(first?.['message-id']);
		expect(first?.references).toMatch(/^<[0-9a-f]{40}\.incident\.holdfast@shop\.example>$/);
		expect(first).not.toHaveProperty('in-reply-to');
		expect(last).toMatchObject({
			references: first?.references,
			'in-reply-to': first?.references,
			subject: 'Re: #42 Sign-in is failing on shop-production',
		});
	});

	it('holds no header that its text asks for, whatever that text is', async () => {
		const server = await startMailServer();
		expect(await send(server.port, {}, hostile)).toMatchObject({ kind: 'delivered' });
		const [mail] = server.mails;
		const headers = readHeaders(mail?.raw ?? '');
		expect(mail?.to).toEqual(['ada@shop.example', 'ben@shop.example']);
		expect(Object.keys(headers).toSorted()).toEqual([
			'auto-submitted',
			'content-type',
			'date',
			'from',
			'in-reply-to',
			'message-id',
			'mime-version',
			'references',
			'subject',
			'to',
			'x-auto-response-suppress',
		]);
		expect(server.mails).toHaveLength(1);
	});
});

describe('what is not encrypted', () => {
	it('gets a mail inside one’s own network only', async () => {
		const server = await startMailServer();
		expect(await send(server.port)).toMatchObject({ kind: 'delivered' });
		expect(server.mails).toMatchObject([{ overTls: false }]);
	});

	it('never gets a password', async () => {
		const server = await startMailServer();
		expect(await send(server.port, { password: true })).toMatchObject({
			kind: 'refused',
			code: 'tls',
			reason: expect.stringContaining('offers no TLS'),
		});
		expect(server).toMatchObject({ passwords: [], mails: [] });
	});
});

it('a certificate that nobody vouches for gets nothing', async () => {
	const server = await startMailServer(certificate);
	expect(await send(server.port, { password: true })).toMatchObject({
		kind: 'try-later',
		code: 'tls',
		reason: expect.stringContaining('certificate'),
	});
	const other = await startMailServer(authority.issue(['mail.other.example']));
	expect(await send(other.port, { password: true, ca: authority.ca })).toMatchObject({
		kind: 'try-later',
		code: 'tls',
		reason: expect.stringContaining('for other names than localhost'),
	});
	expect([server, other]).toMatchObject([
		{ passwords: [], mails: [] },
		{ passwords: [], mails: [] },
	]);
});

describe('a server that refuses', () => {
	const text = `no ${secret} here`;
	it.each([
		['the password', { auth: { code: 535, text } }, 'refused', 'unauthorized', /does not accept the user and password \(535/],
		['the password, for now', { auth: { code: 454, text } }, 'try-later', 'unauthorized', /cannot check the password right now \(454/],
		['the sender', { from: { code: 550, text } }, 'refused', 'bad-response', /does not accept the sender \(550/],
		['the mail', { data: { code: 554, text } }, 'refused', 'bad-response', /does not accept the mail \(554/],
		['the mail, for now', { data: { code: 451, text } }, 'try-later', 'server-error', /does not accept the mail \(451/],
	])('%s', async (_case, replyTo, kind, code, reason) => {
		const server = await startMailServer({ ...certificate, replyTo });
		expect(await send(server.port, { password: true, ca: authority.ca })).toMatchObject({
			kind,
			code,
			reason: expect.stringMatching(reason),
		});
	});

	const ada = 'ada@shop.example';
	const ben = 'ben@shop.example';
	it.each([
		['all recipients', { [ada]: { code: 550, text }, [ben]: { code: 550, text } }, 'refused', /none of the recipients \(550/],
		['all recipients, for now', { [ada]: { code: 450, text }, [ben]: { code: 450, text } }, 'try-later', /none of the recipients \(450/],
		['one recipient', { [ben]: { code: 550, text } }, 'delivered', /for 1 of 2 recipients and refuses ben@shop\.example$/],
	])('%s', async (_case, to, kind, reason) => {
		const server = await startMailServer({ replyTo: { to } });
		expect(await send(server.port)).toMatchObject({ kind, reason: expect.stringMatching(reason) });
	});

	it('the connection', async () => {
		for (const [code, kind] of [
			[421, 'try-later'],
			[554, 'refused'],
		] as const) {
			const { port } = await serveRaw((socket) => void socket.end(`${code} ${secret}\r\n`));
			expect(await send(port)).toMatchObject({ kind, reason: expect.stringContaining(`does not accept the connection (${code})`) });
		}
	});
});

describe('a server that misbehaves is tried again later', () => {
	it.each<[string, (socket: import('node:net').Socket) => void]>([
		['says nothing', () => {}],
		['says half a line', (socket) => void socket.write('22')],
		['greets and falls silent', (socket) => void socket.write('220 hello\r\n')],
	])('%s', async (_case, onSocket) => {
		const { port } = await serveRaw(onSocket);
		expect(await send(port, { timeoutMs: 150 })).toMatchObject({ kind: 'try-later', code: 'timeout' });
	});

	it.each<[string, (socket: import('node:net').Socket) => void]>([
		['closes at once', (socket) => void socket.end()],
		['speaks HTTP', (socket) => void socket.end(`HTTP/1.1 400 Bad Request\r\n\r\n${secret}`)],
		['never stops talking', (socket) => void socket.write(`220-${secret.repeat(10_000)}`)],
		['closes after the greeting', (socket) => void socket.end('220 hello\r\n')],
	])('%s', async (_case, onSocket) => {
		const { port } = await serveRaw(onSocket);
		expect(await send(port)).toMatchObject({ kind: 'try-later', reason: expect.stringContaining(`localhost:${port}`) });
	});

	it('is not there', async () => {
		const port = await findClosedPort();
		expect(await send(port)).toMatchObject({ kind: 'try-later', code: 'network', reason: expect.stringContaining('refused') });
		expect(await send(25, { host: 'mail.nowhere.invalid' })).toMatchObject({ kind: 'try-later', reason: expect.any(String) });
	});

	it('and the caller ends it', async () => {
		const { port } = await serveRaw(() => {});
		expect(await send(port, {}, signInFails, AbortSignal.timeout(50))).toMatchObject({ kind: 'try-later', code: 'aborted' });
		expect(await send(port, {}, signInFails, AbortSignal.abort())).toMatchObject({ kind: 'try-later', code: 'aborted' });
	});
});

describe('is refused before anything is sent', () => {
	it('a private address of a channel that is not private, and a metadata address always', async () => {
		const server = await startMailServer();
		for (const host of ['localhost', '127.0.0.1', '::1']) {
			expect(await send(server.port, { host, private: false })).toMatchObject({
				kind: 'refused',
				code: 'refused',
				fix: expect.stringContaining('for the channel'),
			});
		}
		expect(await send(25, { host: '169.254.169.254' })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('metadata') });
		expect(server.mails).toEqual([]);
	});

	it.each<[string, Given]>([
		['a sender that is none', { from: 'nobody' }],
		['a sender with a line break', { from: 'a <a@b.example>\r\nBcc: x@y.example' }],
		['a recipient that is two', { to: ['a@b.example, c@d.example'] }],
		['no recipient', { to: [] }],
	])('%s', async (_case, given) => expect(await send(25, given)).toMatchObject({ kind: 'refused', code: 'not-configured' }));
});
