import { existsSync, readdirSync } from 'node:fs';
import net from 'node:net';
import { Secret } from '@holdfast/checks/secret';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Fetch } from '../http/ask-vendor.ts';
import { channelKinds, type Delivery } from './channel.ts';
import type { ChannelConfig } from './channel-config.ts';
import type { InboxEntry } from './console/index.ts';
import { createChannel } from './create-channel.ts';
import { signInFails } from './fixtures/messages.ts';
import { noInbox } from './fixtures/no-inbox.ts';

const signal = new AbortController().signal;
const url = new Secret('https://hooks.example/x');
const configs: { readonly [Kind in ChannelConfig<Secret>['kind']]: Extract<ChannelConfig<Secret>, { kind: Kind }> } = {
	email: { kind: 'email', smtp: { host: 'smtp.shop.example' }, from: 'a@shop.example', to: ['b@shop.example'] },
	slack: { kind: 'slack', url },
	discord: { kind: 'discord', url },
	teams: { kind: 'teams', url },
	pagerduty: { kind: 'pagerduty', routingKey: url },
	webhook: { kind: 'webhook', url, secret: url },
	console: { kind: 'console' },
};

it('has a channel for every folder, and each says what is unproved', () => {
	const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && entry.name !== 'templates' && entry.name !== 'fixtures')
		.map(({ name }) => name);
	expect([...channelKinds].toSorted(), 'add the missing kind').toEqual(folders.toSorted());
	expect(Object.values(configs).map((config) => createChannel(config, { inbox: noInbox }).kind)).toEqual(Object.keys(configs));
	for (const folder of folders) expect(existsSync(new URL(`./${folder}/README.md`, import.meta.url)), folder).toBe(true);
});

it('the inbox gets the message with its words', async () => {
	const kept: InboxEntry[] = [];
	const inbox = {
		keep: async (entry: InboxEntry) => {
			kept.push(entry);
			return '17';
		},
	};
	const delivery = await createChannel(configs.console, { inbox }).send(signInFails, { signal });
	expect(delivery).toEqual({ kind: 'delivered', reason: 'The message stands in the console’s inbox', id: '17' });
	expect(kept).toEqual([
		{
			message: signInFails,
			short: 'Critical: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
			text: expect.stringContaining('Cause  Session secret misconfigured'),
		},
	]);
});

it('a channel’s own words are used, and a message’s before them', async () => {
	const bodies: string[] = [];
	const fetch = async (_url: string, init: RequestInit) => {
		bodies.push(typeof init.body === 'string' ? init.body : '');
		return new Response('ok');
	};
	const channel = createChannel({ ...configs.slack, templates: { headline: 'ours {title}', short: 'ours' } }, { inbox: noInbox, fetch });
	await channel.send(signInFails, { signal });
	await channel.send({ ...signInFails, templates: { headline: 'theirs' } }, { signal });
	expect(bodies.map((body) => [/\*(ours [^*]*|theirs)\*/.exec(body)?.[1], JSON.parse(body).text])).toEqual([
		['ours Sign-in is failing', 'ours'],
		['theirs', 'ours'],
	]);
});

it.each([
	[configs.slack, 10_000],
	[configs.email, 30_000],
])('waits no longer than it should: %#', async (config, limitMs) => {
	vi.useFakeTimers();
	onTestFinished(() => void vi.useRealTimers());
	const hang: Fetch = (_url, init) =>
		new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(new Error('stopped')), { once: true }));
	vi.spyOn(net, 'connect').mockImplementation(() => new net.Socket());
	onTestFinished(() => void vi.restoreAllMocks());
	let delivery: Delivery | null = null;
	const sent = createChannel(config, { inbox: noInbox, fetch: hang })
		.send(signInFails, { signal })
		.then((ended) => {
			delivery = ended;
		});
	await vi.advanceTimersByTimeAsync(limitMs - 1);
	expect(delivery).toBeNull();
	await vi.advanceTimersByTimeAsync(1);
	await sent;
	expect(delivery).toMatchObject({ kind: 'try-later', code: 'timeout', reason: expect.stringContaining(`within ${limitMs / 1000} s`) });
});
