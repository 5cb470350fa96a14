import { describe, expect, it } from 'vitest';
import { describeChannelContract } from '../fixtures/channel-contract.ts';
import { hookChannel } from '../fixtures/hook-channel.ts';
import { hostile, signInFails } from '../fixtures/messages.ts';
import { readOnly, startReceiver } from '../fixtures/receiver.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeDiscordMessage } from './compose.ts';
import { escapeDiscord } from './escape-markdown.ts';

const signal = new AbortController().signal;
const channel = hookChannel('discord');

describeChannelContract({
	name: 'discord',
	make: channel,
	goodBody: '{"id":"1203945","type":0,"channel_id":"1"}',
	badBodies: ['', 'SECRET', '[]', '{"id":"SECRET"}', '<!doctype html>SECRET'],
});

it('sends one embed, calls nobody, and waits for the message’s id', async () => {
	const receiver = await startReceiver(200, '{"id":"1203945"}');
	const delivery = await channel(`${receiver.url}/api/webhooks/1/x?thread_id=5`, { private: true }).send(signInFails, { signal });
	expect(delivery).toEqual({ kind: 'delivered', reason: 'Discord has posted the message', id: '1203945' });
	const sent = readOnly(receiver);
	expect(sent).toMatchObject({ method: 'POST', path: '/api/webhooks/1/x?thread_id=5&wait=true' });
	expect(sent.json).toEqual({
		content: 'Critical: Sign-in is failing on shop-production since 02:58 UTC (4 min), \\#42',
		embeds: [
			{
				title: 'Sign-in is failing on shop-production since 02:58 UTC (4 min)',
				url: 'https://holdfast.example/incidents/42',
				description:
					'SESSION\\_SECRET is 8 characters long; the runbook asks for 32. It changed with release 4f1c2aa.\n\n' +
					'[Acknowledge](https://holdfast.example/ack/one-use-7f3a)  ·  [Open incident 42](https://holdfast.example/incidents/42)  ·  ' +
					'[Open the runbook at this line](https://holdfast.example/runbook#L66)',
				color: 0xc62828,
				fields: [
					{ name: 'Cause', value: 'Session secret misconfigured', inline: false },
					{
						name: 'Proof',
						value: 'auth.login: POST /api/session → 500 in 41 ms (twice)\nenv.secret: SESSION\\_SECRET present, length 8',
						inline: false,
					},
					{ name: 'Next', value: 'Roll back to 0c99d1e (well for 6 d), or set the secret', inline: false },
					{ name: 'Release', value: '4f1c2aa, live for 4 min', inline: true },
					{ name: 'Not sent', value: '3 other checks fail as a consequence', inline: true },
				],
				footer: { text: 'Critical · incident 42 · shop-production' },
				timestamp: '2026-03-04T02:58:10.000Z',
			},
		],
		allowed_mentions: { parse: [] },
	});
});

it('takes the meaning from markup, but leaves addresses whole', () => {
	expect(escapeDiscord('*a* _b_ [x](https://evil.example/a_b) @everyone <@1> # `c`')).toBe(
		'\\*a\\* \\_b\\_ \\[x\\](https://evil.example/a\\_b) \\@everyone \\<\\@1\\> \\# \\`c\\`',
	);
	expect(escapeDiscord('see https://shop.example/path?x=1, please')).toBe('see https://shop.example/path?x=1, please');
});

describe('hostile text', () => {
	const sent = composeDiscordMessage(prepareMessage(hostile));
	const [embed] = sent.embeds;
	if (embed === undefined) throw new Error('expected an embed');

	it('stays within the limits', () => {
		expect(sent.content.length).toBeLessThanOrEqual(2000);
		expect(embed.title.length).toBeLessThanOrEqual(256);
		expect(embed.description.length).toBeLessThanOrEqual(4096);
		expect(embed.footer.text.length).toBeLessThanOrEqual(2048);
		expect(embed.fields.length).toBeLessThanOrEqual(25);
		for (const { name, value } of embed.fields) {
			expect(name.length > 0 && name.length <= 256 && value.length > 0 && value.length <= 1024).toBe(true);
		}
		const fields = embed.fields.map(({ name, value }) => name.length + value.length);
		expect(
			embed.title.length + embed.description.length + embed.footer.text.length + fields.reduce((a, b) => a + b, 0),
		).toBeLessThanOrEqual(6000);
	});

	it('makes no link and no mention', () => {
		expect(sent.allowed_mentions).toEqual({ parse: [] });
		const marked = [sent.content, embed.title, embed.description.split('\n\n')[0], ...embed.fields.map(({ value }) => value)].join('\n');
		expect(marked).not.toMatch(/(?<!\\)(?:\\\\)*[[\]<>@*`]/);
		expect(embed).not.toHaveProperty('url');
	});
});

it.each([
	[404, '{"message":"Unknown Webhook","code":10015}', 'Discord (discord.com) does not know this webhook (404 10015)'],
	[401, '{"message":"Invalid Webhook Token","code":50027}', 'Discord (discord.com) does not accept the token in the URL (401 50027)'],
	[400, '{"code":50035,"errors":{}}', 'Discord (discord.com) cannot read the message (400 50035)'],
	[400, '{"code":220001}', 'Discord (discord.com) wants a thread for this webhook: its channel is a forum (400 220001)'],
])('%s %s', async (status, body, reason) => {
	const fetch = async () => new Response(body, { status });
	expect(await channel('https://discord.com/api/webhooks/1/x', { fetch }).send(signInFails, { signal })).toMatchObject({
		kind: 'refused',
		reason,
	});
});
