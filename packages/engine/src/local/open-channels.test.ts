import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startMailServer } from '../../../../packages/providers/src/fixtures/mail-server.ts';
import { configSchema } from '../config/schema.ts';
import { question, watch } from '../fixtures/monitored.ts';
import { createTestContext } from '../fixtures/test-context.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { createInbox } from '../inbox/queries.ts';
import { createDrain } from '../notify/drain.ts';
import { planNotifications } from '../notify/work.ts';
import { testChannels } from '../operations/channel/test.ts';
import { listInboxMessages } from '../operations/inbox/list.ts';
import { markInboxMessagesRead } from '../operations/inbox/mark-read.ts';
import { openIncident } from '../operations/incident/open.ts';
import type { Database } from '../storage/open-database.ts';
import { openChannels } from './open-channels.ts';

const now = 1_790_000_000_000;
let real: TestDatabase;
let database: Database;
beforeAll(async () => {
	real = await makeTestDatabase();
	database = { ...real, now: async () => now };
	await watch(real, 'bakery', [question('http.health')], 0);
}, 120_000);
afterAll(() => real.drop());
beforeEach(() =>
	real.pool.query('truncate incident_entry, transition, incident, notification, audit, channel_trouble, inbox_entry cascade'),
);

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
async function receive(answer: (request: IncomingMessage) => { status: number; headers?: Record<string, string> } | null) {
	const types: string[] = [];
	const server: Server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString();
		});
		request.on('end', () => {
			types.push(JSON.parse(body).type);
			const given = answer(request);
			if (given !== null) response.writeHead(given.status, given.headers).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/t0ken`, types };
}

interface Given {
	readonly channels: object;
	readonly environment?: Record<string, string>;
	readonly address?: string;
}
const open = ({ channels, environment = {}, address }: Given) =>
	openChannels(
		createTestContext({ environment }),
		{ config: configSchema.parse({ version: 1, services: { bakery: { url: 'https://bakery.example' } }, channels }), directory: '/work' },
		{ inbox: (channel) => createInbox(database.pool, channel), addressOf: () => address ?? null },
	);
const hook = { kind: 'webhook', url: { env: 'HOOK' }, secret: { env: 'HOOK_SECRET' }, private: true };
const mailTo = (port: number) => ({
	kind: 'email',
	smtp: { host: '127.0.0.1', port },
	from: 'holdfast@bakery.test',
	to: ['ada@bakery.test'],
	private: true,
});
const trying = { now, elapsed: () => 0, signal: new AbortController().signal };

describe('how an attempt ends', () => {
	it.each([
		[{ status: 200 }, { kind: 'delivered' }],
		[
			{ status: 429, headers: { 'retry-after': '120' } },
			{ kind: 'try-later', retryAfterMs: 120_000 },
		],
		[{ status: 503 }, { kind: 'try-later' }],
		[{ status: 404 }, { kind: 'refused' }],
		[{ status: 410 }, { kind: 'refused' }],
	])('%j', async (answer, delivery) => {
		const { url } = await receive(() => answer);
		const { port } = await open({ channels: { hook }, environment: { HOOK: url, HOOK_SECRET: SECRET } });
		const message = { kind: 'test', severity: 'info', service: '', title: 'x', summary: '', since: now, at: now, facts: [] } as const;
		const ended = await port.send('hook', { ...message, dedupKey: 'k' }, trying.signal);
		expect(ended).toMatchObject(delivery);
		expect(JSON.stringify(ended)).not.toContain('t0ken');
	});
});

it('a secret that cannot be had keeps that channel from being used, and no other', async () => {
	const opened = await open({ channels: { hook, desk: { kind: 'console' } } });
	expect(opened.problems).toEqual([{ channel: 'hook', reason: expect.stringContaining('the variable HOOK is not set') }]);
	expect(await testChannels(opened.port, trying)).toEqual([
		{ channel: 'hook', outcome: 'refused', reason: expect.stringContaining('the variable HOOK is not set'), durationMs: 0 },
		{ channel: 'desk', outcome: 'delivered', reason: expect.any(String), durationMs: 0 },
	]);
	await expect(testChannels(opened.port, { ...trying, names: ['hok'] })).rejects.toMatchObject({
		code: 'not_found',
		hint: 'Did you mean hook?',
	});
});

it('a webhook that is gone is an alert by mail, once, and its return as well', async () => {
	let status = 410;
	const receiver = await receive(() => ({ status }));
	const smtp = await startMailServer();
	const { port } = await open({
		channels: { hook, mail: mailTo(smtp.port) },
		environment: { HOOK: receiver.url, HOOK_SECRET: SECRET },
	});
	const tell = async (title: string): Promise<void> => {
		await openIncident({ database, actor: 'ada' }, { service: 'bakery', title, severity: 'major' });
		await planNotifications(database, { routes: [{ to: ['hook'] }] });
		const drain = createDrain(database, { channels: port });
		while ((await drain.cycle()) > 0) await drain.settled();
	};
	const subjects = () => smtp.mails.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]?.trim());
	await tell('first');
	await tell('second');
	expect(subjects()).toEqual(['The channel hook takes no messages on Holdfast']);
	status = 204;
	await tell('third');
	await tell('fourth');
	expect(subjects()).toEqual(['The channel hook takes no messages on Holdfast', 'Re: The channel hook takes no messages on Holdfast']);
	const threads = smtp.mails.map(({ raw }) => /^References: (.*)$/m.exec(raw)?.[1]);
	expect(new Set(threads).size).toBe(1);
	expect(smtp.mails[0]?.raw).not.toContain('t0ken');
	expect(receiver.types).toHaveLength(4);
});

it('the inbox keeps a message once, whatever is sent twice, and it is read once', async () => {
	const { port } = await open({ channels: { desk: { kind: 'console' } } });
	const { id } = await openIncident({ database, actor: 'ada' }, { service: 'bakery', title: 'The oven is cold', severity: 'major' });
	await planNotifications(database, { routes: [{ to: ['desk'] }] });
	const { rows } = await real.pool.query('select message from notification');
	for (let time = 0; time < 2; time++) await port.send('desk', rows[0].message, trying.signal);
	const ben = { database, actor: 'ben' };
	const [message, ...others] = await listInboxMessages(ben);
	expect(others).toEqual([]);
	expect(message).toMatchObject({
		channel: 'desk',
		kind: 'opened',
		incident: id,
		short: expect.stringContaining('The oven is cold'),
		readAt: null,
	});
	await expect(markInboxMessagesRead(ben, { ids: [message?.id ?? 0, 999_999] })).rejects.toMatchObject({ code: 'not_found' });
	expect(await listInboxMessages(ben)).toHaveLength(1);
	expect(await markInboxMessagesRead(ben, { ids: [message?.id ?? 0] })).toEqual([message?.id]);
	expect(await markInboxMessagesRead({ ...ben, actor: 'cleo' }, {})).toEqual([]);
	expect(await listInboxMessages(ben)).toEqual([]);
	expect(await listInboxMessages(ben, { all: true })).toMatchObject([{ readBy: 'ben' }]);
});

it('a contact of the runbook is reached by the mail channel, under its own address', async () => {
	const smtp = await startMailServer();
	const message = {
		kind: 'test',
		severity: 'info',
		service: 'bakery',
		title: 'x',
		summary: '',
		since: now,
		at: now,
		facts: [],
		dedupKey: 'k',
	} as const;
	const reach = async (given: Given) => (await open(given)).port.send('contact:On-call engineer', message, trying.signal);
	expect(await reach({ channels: { mail: mailTo(smtp.port) }, address: 'oncall@bakery.test' })).toMatchObject({ kind: 'delivered' });
	expect(smtp.mails[0]?.to).toEqual(['oncall@bakery.test']);
	expect(await reach({ channels: { mail: mailTo(smtp.port) } })).toMatchObject({ kind: 'refused' });
	expect(await reach({ channels: {}, address: 'oncall@bakery.test' })).toMatchObject({
		kind: 'refused',
		reason: expect.stringContaining('kind email'),
	});
});

it('a hung receiver is cut off before the lease ends', async () => {
	const { port } = await open({ channels: { hook, mail: mailTo(1), pager: { kind: 'pagerduty', routingKey: { env: 'PD' } } } });
	expect([port.limitMs?.('mail'), port.limitMs?.('hook')]).toEqual([25_000, undefined]);
	expect([port.keepsIncidents?.('pager'), port.keepsIncidents?.('mail')]).toEqual([true, false]);
});
