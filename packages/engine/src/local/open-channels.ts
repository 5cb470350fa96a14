/** `channels:` of a configuration as the ways out to people. A channel that cannot be opened says why when it is used, and the others work. */
import { resolve } from 'node:path';
import type { Secret } from '@holdfast/checks/secret';
import {
	type ChannelConfig,
	type ChannelDescription,
	describeChannel,
	type InboxPort,
	type NotificationChannel,
	resolveChannelConfig,
} from '@holdfast/providers/notification';
import type { LoadedConfig } from '../config/load-config.ts';
import { resolveSecret } from '../config/resolve-secret.ts';
import type { SecretSource } from '../config/schema.ts';
import type { ChannelPort, Delivery } from '../notify/channels.ts';
import { CONTACT_PREFIX, splitContact } from '../notify/contact-route.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { readAuthorities } from '../service/read-authorities.ts';

export interface OpenChannelsOptions {
	/** Where messages of channels of kind `console` are kept; null: there is no database. */
	readonly inbox: ((channel: string) => InboxPort) | null;
	/** Address of a contact of a service's runbook; null: none. */
	readonly addressOf?: (service: string, contact: string) => string | null;
}

export interface OpenedChannels {
	readonly port: ChannelPort & { readonly isInbox: (channel: string) => boolean };
	readonly channels: readonly (ChannelDescription & { readonly name: string })[];
	/** What keeps a channel from being used, in a sentence. */
	readonly problems: readonly { readonly channel: string; readonly reason: string }[];
	/** Of all channels, for masking. */
	readonly secrets: readonly string[];
}

/** Less than the lease under which a message is sent; servers of mail hold back their greeting on purpose. */
const MAIL_MS = 24_000;
const OTHER_MS = 9000;

export async function openChannels(
	ctx: OperationContext,
	loaded: Pick<LoadedConfig, 'config' | 'directory'>,
	{ inbox, addressOf }: OpenChannelsOptions,
): Promise<OpenedChannels> {
	const configs = loaded.config.channels ?? {};
	const secrets = new Set<string>();
	const opened = new Map<string, NotificationChannel>();
	const problems: { channel: string; reason: string }[] = [];
	const open = async (name: string, config: ChannelConfig<SecretSource>): Promise<NotificationChannel> => {
		const known = opened.get(name);
		if (known !== undefined) return known;
		if (config.kind === 'console' && inbox === null)
			throw new OperationError('precondition', `the inbox of ${name} is in the database, and Holdfast does not run here`, {
				hint: 'Start it with holdfast up, or set DATABASE_URL.',
			});
		const { createChannel } = await import('@holdfast/providers/channels');
		const secret = async (source: SecretSource, field: string): Promise<Secret> => {
			const place = { name: `channels.${name}.${field}`, directory: loaded.directory, files: ctx.files, environment: ctx.environment };
			const value = await resolveSecret(source, place);
			secrets.add(value.reveal());
			return value;
		};
		const file = config.kind === 'console' ? undefined : config.ca?.file;
		const channel = createChannel(await resolveChannelConfig(config, secret), {
			inbox: inbox?.(name) ?? NO_INBOX,
			timeoutMs: config.kind === 'email' ? MAIL_MS : OTHER_MS,
			...(file === undefined ? {} : { ca: await readAuthorities(ctx, resolve(loaded.directory, file)) }),
		});
		opened.set(name, channel);
		return channel;
	};
	for (const [name, config] of Object.entries(configs)) {
		await open(name, config).catch((error: unknown) => problems.push({ channel: name, reason: tellOf(error) }));
	}
	const find = (name: string, service: string): { name: string; config: ChannelConfig<SecretSource> } | string => {
		const contact = splitContact(name);
		if (contact === null)
			return Object.hasOwn(configs, name) && configs[name] !== undefined
				? { name, config: configs[name] }
				: `the configuration has no channel ${name} any more`;
		const mail = Object.entries(configs).find(([, { kind }]) => kind === 'email');
		if (mail?.[1].kind !== 'email') return `${name} needs a channel of kind email, and the configuration has none`;
		const address = addressOf?.(service, contact) ?? null;
		if (address === null) return `no runbook has an e-mail address for the contact ${contact}`;
		return { name: `${CONTACT_PREFIX}${address}`, config: { ...mail[1], to: [address] } };
	};
	const kindOf = (name: string): string | undefined => (Object.hasOwn(configs, name) ? configs[name]?.kind : undefined);
	const routed = (loaded.config.notify ?? []).flatMap(({ to }) => to).filter((name) => splitContact(name) !== null);
	return {
		channels: Object.entries(configs).map(([name, config]) => ({ name, ...describeChannel(config) })),
		problems,
		get secrets() {
			return [...secrets];
		},
		port: {
			// An inbox wakes nobody: it is the last that is asked to tell of another.
			names: [
				...Object.keys(configs).filter((name) => kindOf(name) !== 'console'),
				...new Set(routed),
				...Object.keys(configs).filter((name) => kindOf(name) === 'console'),
			],
			limitMs: (name) => (kindOf(name) === 'email' || splitContact(name) !== null ? MAIL_MS + 1000 : undefined),
			keepsIncidents: (name) => kindOf(name) === 'pagerduty',
			isInbox: (name) => kindOf(name) === 'console',
			send: async (name, message, signal): Promise<Delivery> => {
				const found = find(name, message.service);
				if (typeof found === 'string') return { kind: 'refused', reason: found };
				let channel: NotificationChannel;
				try {
					// What could not be had at the start may be there by now: a file that was put in its place.
					channel = await open(found.name, found.config);
				} catch (error) {
					return { kind: 'refused', reason: tellOf(error) };
				}
				const delivery = await channel.send(message, { signal });
				if (delivery.kind === 'delivered') return { kind: 'delivered', reason: delivery.reason };
				const reason = delivery.fix === undefined ? delivery.reason : `${delivery.reason}: ${delivery.fix}`;
				if (delivery.kind === 'refused') return { kind: 'refused', reason };
				return { kind: 'try-later', reason, ...(delivery.afterMs === undefined ? {} : { retryAfterMs: delivery.afterMs }) };
			},
		},
	};
}

const NO_INBOX: InboxPort = { keep: () => Promise.reject(new Error('expected no message for the inbox')) };

/** Of our own errors the words; of others, which may hold anything, the kind. */
function tellOf(error: unknown): string {
	if (error instanceof OperationError) return error.hint === undefined ? error.message : `${error.message}. ${error.hint}`;
	return `it could not be opened (${error instanceof Error ? error.name : typeof error})`;
}
