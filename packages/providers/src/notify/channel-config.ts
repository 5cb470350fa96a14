/**
 * What `channels` of holdfast.yaml says of each channel, once in general over how a secret stands there: as its source
 * (`{env: NAME}`) in the file, as a `Secret` when a channel is made of it.
 */
import type { MessageTemplates } from './message.ts';

/** Where a secret stands. */
export type SecretSource = { readonly env: string } | { readonly file: string };

interface Common {
	/** Private and loopback addresses are allowed, and plain http to them. */
	readonly private?: boolean | undefined;
	/** Further certificate authorities to trust. */
	readonly ca?: { readonly file: string } | undefined;
	readonly templates?: MessageTemplates | undefined;
}

export interface SlackConfig<S> extends Common {
	readonly kind: 'slack';
	readonly url: S;
}

export interface DiscordConfig<S> extends Common {
	readonly kind: 'discord';
	readonly url: S;
}

export interface TeamsConfig<S> extends Common {
	readonly kind: 'teams';
	readonly url: S;
}

export interface PagerDutyConfig<S> extends Common {
	readonly kind: 'pagerduty';
	readonly routingKey: S;
	/** Origin of the Events API. */
	readonly url?: string | undefined;
}

export interface WebhookConfig<S> extends Common {
	readonly kind: 'webhook';
	readonly url: S;
	/** Signs each message. */
	readonly secret: S;
	/** Signs as well, while receivers change over. */
	readonly previousSecret?: S | undefined;
}

export interface EmailConfig<S> extends Common {
	readonly kind: 'email';
	readonly smtp: SmtpConfig<S>;
	/** `ops@shop.example`, or `Holdfast <ops@shop.example>`. */
	readonly from: string;
	readonly to: readonly string[];
}

export interface SmtpConfig<S> {
	readonly host: string;
	/** 465 with `secure`, else 587, when absent. */
	readonly port?: number | undefined;
	/** TLS from the first byte. Absent: at port 465. Otherwise STARTTLS. */
	readonly secure?: boolean | undefined;
	readonly user?: string | undefined;
	readonly password?: S | undefined;
}

export interface ConsoleConfig {
	readonly kind: 'console';
	readonly templates?: MessageTemplates | undefined;
}

export type ChannelConfig<S> =
	| EmailConfig<S>
	| SlackConfig<S>
	| DiscordConfig<S>
	| TeamsConfig<S>
	| PagerDutyConfig<S>
	| WebhookConfig<S>
	| ConsoleConfig;

/** Which port, and whether TLS begins with the first byte. */
export function readSmtpPort({ port, secure }: Pick<SmtpConfig<unknown>, 'port' | 'secure'>): {
	readonly port: number;
	readonly secure: boolean;
} {
	return { port: port ?? (secure === true ? 465 : 587), secure: secure ?? port === 465 };
}
