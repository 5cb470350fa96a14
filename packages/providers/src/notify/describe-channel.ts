import type { ChannelKind } from './channel.ts';
import { type ChannelConfig, readSmtpPort, type SecretSource } from './channel-config.ts';

export interface ChannelDescription {
	readonly kind: ChannelKind;
	/** `Microsoft Teams`. */
	readonly title: string;
	/** Who gets it, as far as the configuration tells: `ada@shop.example through smtp.shop.example:587 (STARTTLS)`. */
	readonly receiver: string;
	/** Where its secrets are read from; never their values. */
	readonly secrets: readonly { readonly field: string; readonly from: string }[];
	/** What is unusual about it. */
	readonly notes: readonly string[];
}

/** What `holdfast channels` says of a channel, from its configuration alone. */
export function describeChannel(config: ChannelConfig<SecretSource>): ChannelDescription {
	const notes =
		config.kind !== 'console' && config.private === true ? ['inside your own network: plain http or SMTP is allowed there'] : [];
	const told = (
		title: string,
		receiver: string,
		secrets: Readonly<Record<string, SecretSource | undefined>>,
		also: readonly string[] = [],
	) => ({
		kind: config.kind,
		title,
		receiver,
		secrets: Object.entries(secrets).flatMap(([field, source]) => (source === undefined ? [] : [{ field, from: showSource(source) }])),
		notes: [...notes, ...also, ...(config.templates === undefined ? [] : ['with words of its own'])],
	});
	switch (config.kind) {
		case 'email': {
			const { port, secure } = readSmtpPort(config.smtp);
			const [first = '', ...others] = config.to;
			const to = others.length === 0 ? first : `${first} and ${others.length} more`;
			return told('E-mail', `${to} through ${config.smtp.host}:${port} (${secure ? 'TLS' : 'STARTTLS'})`, {
				'smtp.password': config.smtp.password,
			});
		}
		case 'slack':
			return told('Slack', 'the channel of its incoming webhook', { url: config.url });
		case 'discord':
			return told('Discord', 'the channel of its webhook', { url: config.url });
		case 'teams':
			return told('Microsoft Teams', 'where its workflow posts', { url: config.url }, [
				'a delivery says that the workflow took it, not that it posted',
			]);
		case 'pagerduty':
			return told('PagerDuty', `the service of its routing key${config.url === undefined ? '' : ` at ${config.url}`}`, {
				routingKey: config.routingKey,
			});
		case 'webhook':
			return told(
				'Webhook',
				'its URL, signed as Standard Webhooks',
				{ url: config.url, secret: config.secret, previousSecret: config.previousSecret },
				config.previousSecret === undefined ? [] : ['signed with the previous secret as well'],
			);
		case 'console':
			return told('Console', 'the inbox of the console', {});
		default: {
			const never: never = config;
			throw new Error(`expected a channel of a known kind, got ${String(never)}`);
		}
	}
}

function showSource(source: SecretSource): string {
	return 'env' in source ? `the variable ${source.env}` : `the file ${source.file}`;
}
