/** All channels behind their port. Adding one is two edits: its folder, and its line here. */
import type { Secret } from '@holdfast/checks/secret';
import type { Fetch } from '../http/ask-vendor.ts';
import { createNodeFetch } from '../http/create-node-fetch.ts';
import type { NotificationChannel } from './channel.ts';
import type { ChannelConfig } from './channel-config.ts';
import { createConsoleChannel, type InboxPort } from './console/index.ts';
import { createDiscordChannel } from './discord/index.ts';
import { createEmailChannel } from './email/index.ts';
import { createPagerDutyChannel } from './pagerduty/index.ts';
import type { ChannelClient } from './post-message.ts';
import { createSlackChannel } from './slack/index.ts';
import { createTeamsChannel } from './teams/index.ts';
import { createWebhookChannel } from './webhook/index.ts';

export interface ChannelOptions {
	/** Where messages for the console are kept. */
	readonly inbox: InboxPort;
	/** PEM text of `ca` of the channel. */
	readonly ca?: string;
	/** For tests; without it our own, which connects only where the channel allows it. */
	readonly fetch?: Fetch;
	/** Milliseconds, monotonic; the process's own when absent. */
	readonly tick?: () => number;
	/** Milliseconds since the epoch; the machine's own clock when absent. */
	readonly now?: () => number;
	/** Longest wait for one attempt, in milliseconds; 10,000 when absent, 30,000 for mail: servers hold back their greeting on purpose. */
	readonly timeoutMs?: number;
}

/** @param config with its secrets read: `resolveChannelConfig`. */
export function createChannel(config: ChannelConfig<Secret>, options: ChannelOptions): NotificationChannel {
	const client: ChannelClient = {
		fetch: options.fetch ?? createNodeFetch(),
		tick: options.tick ?? (() => performance.now()),
		now: options.now ?? (() => Date.now()),
		timeoutMs: options.timeoutMs ?? (config.kind === 'email' ? 30_000 : 10_000),
		reach: {
			private: config.kind !== 'console' && config.private === true,
			...(options.ca === undefined ? {} : { ca: options.ca }),
		},
	};
	const channel = make(config, client, options.inbox);
	const own = config.templates;
	if (own === undefined) return channel;
	return {
		kind: channel.kind,
		send: (message, given) => channel.send({ ...message, templates: { ...own, ...message.templates } }, given),
	};
}

function make(config: ChannelConfig<Secret>, client: ChannelClient, inbox: InboxPort): NotificationChannel {
	switch (config.kind) {
		case 'email':
			return createEmailChannel(config, client);
		case 'slack':
			return createSlackChannel(config, client);
		case 'discord':
			return createDiscordChannel(config, client);
		case 'teams':
			return createTeamsChannel(config, client);
		case 'pagerduty':
			return createPagerDutyChannel(config, client);
		case 'webhook':
			return createWebhookChannel(config, client);
		case 'console':
			return createConsoleChannel(inbox);
		default: {
			const never: never = config;
			throw new Error(`expected a channel of a known kind, got ${String(never)}`);
		}
	}
}
