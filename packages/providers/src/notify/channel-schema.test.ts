import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChannelConfig, SecretSource } from './channel-config.ts';
import { createChannelSchema } from './channel-schema.ts';
import { describeChannel } from './describe-channel.ts';
import { resolveChannelConfig } from './resolve-channel.ts';

const secretSchema = z.union([z.strictObject({ env: z.string() }), z.strictObject({ file: z.string() })], {
	error: '{env: NAME} or {file: PATH}',
});
const schema = createChannelSchema(secretSchema);
const problems = (value: unknown) =>
	schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

const mail = { kind: 'email', smtp: { host: 'smtp.shop.example' }, from: 'ops@shop.example', to: ['ada@shop.example'] };

describe('a channel is read', () => {
	it.each<[string, unknown]>([
		['mail', mail],
		[
			'mail with everything',
			{
				...mail,
				smtp: { host: '::1', port: 465, secure: true, user: 'ops', password: { env: 'SMTP_PASSWORD' } },
				from: 'Holdfast (shop) <ops@shop.example>',
				to: ['ada+alerts@shop.example', 'ben@bücher.example'],
				private: true,
				ca: { file: '/etc/ssl/own.pem' },
			},
		],
		['Slack', { kind: 'slack', url: { env: 'SLACK_WEBHOOK' } }],
		['Discord', { kind: 'discord', url: { file: '/run/secrets/discord' } }],
		['Teams', { kind: 'teams', url: { env: 'TEAMS' }, templates: { headline: '{title}' } }],
		['PagerDuty', { kind: 'pagerduty', routingKey: { env: 'PD' }, url: 'https://events.eu.pagerduty.com' }],
		['webhook', { kind: 'webhook', url: { env: 'HOOK' }, secret: { env: 'HOOK_SECRET' }, previousSecret: { env: 'OLD' } }],
		['console', { kind: 'console' }],
	])('%s', (_name, value) => {
		expect(problems(value)).toEqual([]);
		const config: ChannelConfig<SecretSource> = schema.parse(value);
		expect(config).toEqual(value);
	});
});

describe('a channel is refused', () => {
	it.each<[string, unknown, string]>([
		['a kind that there is not', { kind: 'telegram' }, ': a map whose kind is email, slack, discord, teams, pagerduty, webhook or console'],
		['a URL that is written down', { kind: 'slack', url: 'https://hooks.slack.com/x' }, 'url: {env: NAME} or {file: PATH}'],
		['a webhook without a secret', { kind: 'webhook', url: { env: 'A' } }, 'secret: {env: NAME} or {file: PATH}'],
		['a user without a password', { ...mail, smtp: { host: 'a', user: 'x' } }, 'smtp: user and password together, or neither'],
		['a recipient that is two', { ...mail, to: ['a@b.example, c@d.example'] }, 'to.0: an e-mail address, for example ada@shop.example'],
		['a line break in the sender', { ...mail, from: 'a\r\nBcc: x <a@b.example>' }, 'from: an e-mail address'],
		['nobody to write to', { ...mail, to: [] }, 'to: at least one e-mail address'],
		['a port that is none', { ...mail, smtp: { host: 'a', port: 70_000 } }, 'smtp.port: a port from 1 to 65535'],
		['a host with a path', { ...mail, smtp: { host: 'a/b' } }, 'smtp.host: the name of the mail server'],
		[
			'a placeholder that there is not',
			{ kind: 'console', templates: { short: '{titel}' } },
			'templates.short: text with placeholders of these: {title}',
		],
		['an unknown key', { kind: 'console', url: { env: 'A' } }, ': Unrecognized key'],
	])('%s', (_name, value, problem) => expect(problems(value)).toEqual([expect.stringContaining(problem)]));
});

it('its secrets are read one by one, and nothing else changes', async () => {
	const read = async (source: SecretSource, field: string) => `${field}=${JSON.stringify(source)}`;
	const config: ChannelConfig<SecretSource> = schema.parse({
		kind: 'webhook',
		url: { env: 'HOOK' },
		secret: { file: '/s' },
		previousSecret: { env: 'OLD' },
		private: true,
	});
	expect(await resolveChannelConfig(config, read)).toEqual({
		kind: 'webhook',
		url: 'url={"env":"HOOK"}',
		secret: 'secret={"file":"/s"}',
		previousSecret: 'previousSecret={"env":"OLD"}',
		private: true,
	});
	const withPassword: ChannelConfig<SecretSource> = schema.parse({ ...mail, smtp: { host: 'a', user: 'ops', password: { env: 'P' } } });
	expect(await resolveChannelConfig(withPassword, read)).toMatchObject({
		smtp: { host: 'a', user: 'ops', password: 'smtp.password={"env":"P"}' },
	});
	for (const kind of ['slack', 'discord', 'teams'] as const)
		expect(await resolveChannelConfig({ kind, url: { env: 'A' } }, read)).toEqual({ kind, url: 'url={"env":"A"}' });
	expect(await resolveChannelConfig({ kind: 'pagerduty', routingKey: { env: 'A' } }, read)).toEqual({
		kind: 'pagerduty',
		routingKey: 'routingKey={"env":"A"}',
	});
	expect(await resolveChannelConfig({ kind: 'console' }, read)).toEqual({ kind: 'console' });
	expect(await resolveChannelConfig(schema.parse(mail), read)).toEqual(mail);
});

describe('a channel is described', () => {
	it.each<[unknown, object]>([
		[
			{ ...mail, to: ['ada@shop.example', 'ben@shop.example', 'cleo@shop.example'] },
			{ title: 'E-mail', receiver: 'ada@shop.example and 2 more through smtp.shop.example:587 (STARTTLS)', secrets: [], notes: [] },
		],
		[
			{ ...mail, smtp: { host: 'smtp.shop.example', port: 465, user: 'ops', password: { env: 'SMTP_PASSWORD' } } },
			{
				receiver: 'ada@shop.example through smtp.shop.example:465 (TLS)',
				secrets: [{ field: 'smtp.password', from: 'the variable SMTP_PASSWORD' }],
			},
		],
		[
			{ kind: 'slack', url: { env: 'SLACK_WEBHOOK' }, private: true },
			{
				kind: 'slack',
				title: 'Slack',
				secrets: [{ field: 'url', from: 'the variable SLACK_WEBHOOK' }],
				notes: [expect.stringContaining('own network')],
			},
		],
		[
			{ kind: 'webhook', url: { env: 'A' }, secret: { file: '/s' }, previousSecret: { env: 'OLD' } },
			{
				secrets: [
					{ field: 'url', from: 'the variable A' },
					{ field: 'secret', from: 'the file /s' },
					{ field: 'previousSecret', from: 'the variable OLD' },
				],
				notes: ['signed with the previous secret as well'],
			},
		],
		[{ kind: 'discord', url: { env: 'A' } }, { title: 'Discord' }],
		[
			{ kind: 'teams', url: { env: 'A' } },
			{ title: 'Microsoft Teams', notes: [expect.stringContaining('workflow')] },
		],
		[
			{ kind: 'pagerduty', routingKey: { env: 'A' }, url: 'https://events.eu.pagerduty.com' },
			{ receiver: 'the service of its routing key at https://events.eu.pagerduty.com' },
		],
		[
			{ kind: 'console', templates: { short: '{title}' } },
			{ receiver: 'the inbox of the console', notes: ['with words of its own'] },
		],
	])('%j', (config, description) => expect(describeChannel(schema.parse(config))).toMatchObject(description));
});
