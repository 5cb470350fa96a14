/**
 * The part of holdfast.yaml that describes channels. The engine hands in how a secret is written there, and puts the result under
 * `channels`. The `error` of a field says what was expected there.
 */
import { z } from 'zod';
import { addressPattern, senderPattern } from './email/address.ts';
import { placeholders, templatePattern } from './templates/fill-template.ts';

const text = (expected: string) => z.string({ error: expected }).min(1, { error: expected });
const pattern = (form: RegExp, expected: string) => z.string({ error: expected }).regex(form, { error: expected });

const origin = pattern(/^https?:\/\/[^\s/?#@]+\/?$/i, 'an http or https origin, for example https://events.eu.pagerduty.com');
const port = z
	.int({ error: 'a port, for example 587' })
	.min(1, { error: 'a port from 1 to 65535' })
	.max(65_535, { error: 'a port from 1 to 65535' });

const templateWords = `text with placeholders of these: ${placeholders.map((name) => `{${name}}`).join(' ')}`;
const template = z
	.string({ error: templateWords })
	.min(1, { error: templateWords })
	.max(500, { error: 'text of at most 500 characters' })
	.regex(templatePattern, { error: templateWords })
	.optional();
const templates = z
	.strictObject(
		{ headline: template, summary: template, short: template.describe('The line of at most 140 characters.') },
		{ error: 'a map with headline, summary and short' },
	)
	.describe('Words of your own, with placeholders such as {title}.')
	.optional();

const common = {
	private: z
		.boolean({ error: 'true or false' })
		.describe('The receiver is inside your own network: private addresses are allowed, and plain http or SMTP to them.')
		.optional(),
	ca: z
		.strictObject({ file: text('the path of a PEM file') }, { error: '{file: PATH} of a PEM file' })
		.describe('Further certificate authorities to trust.')
		.optional(),
	templates,
};

/** @param secret how a secret is written in this file: `{env: NAME}` or `{file: PATH}`. */
export function createChannelSchema<Secret extends z.ZodType>(secret: Secret) {
	const webhookUrl = secret.describe('The URL of the webhook; whoever has it can post.');
	const smtp = z
		.strictObject(
			{
				host: pattern(/^[^\s/@:[\]]+$|^[0-9a-f:.]+$/i, 'the name of the mail server, for example smtp.shop.example'),
				port: port.describe('465 with secure, else 587, when absent.').optional(),
				secure: z
					.boolean({ error: 'true or false' })
					.describe('TLS from the first byte; true when absent at port 465. Otherwise STARTTLS.')
					.optional(),
				user: text('the name of the account').optional(),
				password: secret.optional(),
			},
			{ error: 'a map with host and, where needed, port, secure, user and password' },
		)
		.refine(({ user, password }) => (user === undefined) === (password === undefined), { error: 'user and password together, or neither' });
	return z.discriminatedUnion(
		'kind',
		[
			z.strictObject({
				kind: z.literal('email'),
				smtp,
				from: pattern(senderPattern, 'an e-mail address, for example ops@shop.example or Holdfast <ops@shop.example>'),
				to: z
					.array(pattern(addressPattern, 'an e-mail address, for example ada@shop.example'), { error: 'a list of e-mail addresses' })
					.min(1, { error: 'at least one e-mail address' })
					.max(50, { error: 'at most 50 e-mail addresses' }),
				...common,
			}),
			z.strictObject({ kind: z.literal('slack'), url: webhookUrl, ...common }),
			z.strictObject({ kind: z.literal('discord'), url: webhookUrl, ...common }),
			z.strictObject({ kind: z.literal('teams'), url: webhookUrl, ...common }),
			z.strictObject({
				kind: z.literal('pagerduty'),
				routingKey: secret.describe('The integration key of an Events API v2 integration.'),
				url: origin.describe('Origin of the Events API; https://events.pagerduty.com when absent.').optional(),
				...common,
			}),
			z.strictObject({
				kind: z.literal('webhook'),
				url: webhookUrl,
				secret: secret.describe('Signs each message: whsec_ and base64 of 24 to 64 bytes.'),
				previousSecret: secret.optional(),
				...common,
			}),
			z.strictObject({ kind: z.literal('console'), templates }),
		],
		{ error: 'a map whose kind is email, slack, discord, teams, pagerduty, webhook or console' },
	);
}
