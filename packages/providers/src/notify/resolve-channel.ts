import type { ChannelConfig } from './channel-config.ts';

/** Reads one secret. `field` names it within the channel, for messages: `smtp.password`. */
export type ReadSecret<From, To> = (source: From, field: string) => Promise<To>;

/** The same configuration with every secret read. What `read` throws goes on to the caller; nothing else is read or opened. */
export async function resolveChannelConfig<From, To>(config: ChannelConfig<From>, read: ReadSecret<From, To>): Promise<ChannelConfig<To>> {
	switch (config.kind) {
		case 'slack':
		case 'discord':
		case 'teams':
			return { ...config, url: await read(config.url, 'url') };
		case 'pagerduty':
			return { ...config, routingKey: await read(config.routingKey, 'routingKey') };
		case 'webhook': {
			const { previousSecret, ...rest } = config;
			return {
				...rest,
				url: await read(config.url, 'url'),
				secret: await read(config.secret, 'secret'),
				...(previousSecret === undefined ? {} : { previousSecret: await read(previousSecret, 'previousSecret') }),
			};
		}
		case 'email': {
			const { password, ...smtp } = config.smtp;
			return { ...config, smtp: { ...smtp, ...(password === undefined ? {} : { password: await read(password, 'smtp.password') }) } };
		}
		case 'console':
			return config;
		default: {
			const never: never = config;
			throw new Error(`expected a channel of a known kind, got ${String(never)}`);
		}
	}
}
