import { describe, expect, it } from 'vitest';
import { describeChannelContract } from '../fixtures/channel-contract.ts';
import { hookChannel } from '../fixtures/hook-channel.ts';
import { hostile, signInFails, signInIsBack } from '../fixtures/messages.ts';
import { readOnly, startReceiver } from '../fixtures/receiver.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeSlackMessage, type SlackBlock } from './compose.ts';

const signal = new AbortController().signal;
const channel = hookChannel('slack');

describeChannelContract({
	name: 'slack',
	make: channel,
	goodBody: 'ok',
	badBodies: ['', 'SECRET', '<!doctype html>SECRET', '{"ok":true}'],
});

it('sends blocks', async () => {
	const receiver = await startReceiver(200, 'ok');
	const delivery = await channel(`${receiver.url}/services/T0/B0/x`, { private: true }).send(signInFails, { signal });
	expect(delivery).toEqual({ kind: 'delivered', reason: 'Slack has taken the message' });
	const sent = readOnly(receiver);
	expect(sent).toMatchObject({ method: 'POST', path: '/services/T0/B0/x', headers: { 'content-type': 'application/json' } });
	const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
	expect(sent.json).toEqual({
		text: 'Critical: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
		blocks: [
			{
				type: 'section',
				text: mrkdwn(
					'*Sign-in is failing on shop-production since 02:58 UTC (4 min)*\nSESSION_SECRET is 8 characters long; the runbook asks for 32. It changed with release 4f1c2aa.',
				),
			},
			{ type: 'section', text: mrkdwn('*Cause*\nSession secret misconfigured') },
			{
				type: 'section',
				text: mrkdwn('*Proof*\nauth.login: POST /api/session → 500 in 41 ms (twice)\nenv.secret: SESSION_SECRET present, length 8'),
			},
			{ type: 'section', text: mrkdwn('*Next*\nRoll back to 0c99d1e (well for 6 d), or set the secret') },
			{
				type: 'section',
				fields: [mrkdwn('*Release*\n4f1c2aa, live for 4 min'), mrkdwn('*Not sent*\n3 other checks fail as a consequence')],
			},
			{
				type: 'section',
				text: mrkdwn(
					'<https://holdfast.example/ack/one-use-7f3a|Acknowledge>  ·  <https://holdfast.example/incidents/42|Open incident 42>',
				),
			},
			{
				type: 'context',
				elements: [
					mrkdwn('Critical · incident 42 · shop-production · <!date^1772593090^{date_short_pretty} {time}|02:58 UTC>'),
					mrkdwn('<https://holdfast.example/runbook#L66|Open the runbook at this line>'),
				],
			},
		],
		unfurl_links: false,
		unfurl_media: false,
	});
});

it('says what is over, without a link to acknowledge it', () => {
	const text = JSON.stringify(composeSlackMessage(prepareMessage(signInIsBack)));
	expect(text).toContain('*Resolved after 12 min: Sign-in is failing on shop-production*');
	expect(text).not.toContain('/ack/');
});

describe('hostile text', () => {
	const sent = composeSlackMessage(prepareMessage(hostile));
	const texts = sent.blocks.flatMap(listTexts);

	it('calls nobody and makes no links of its own', () => {
		const controls = [...texts, sent.text].flatMap((text) => text.match(/<[^>]*>/g) ?? []);
		expect(controls).toEqual([
			'<https://holdfast.example/a%7Cb%3E%22(c)|Acknowledge>',
			expect.stringMatching(/^<https:\/\/holdfast\.example\/\?q=%3Cscript%3E&amp;x=%22%27\|&lt;script&gt;/),
			expect.stringMatching(/^<!date\^\d+\^\{date_short_pretty\} \{time\}\|02:58 UTC>$/),
		]);
		expect([...texts, sent.text].join('').replace(/<[^>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
	});

	it('stays within the limits', () => {
		expect(sent.blocks.length).toBeLessThanOrEqual(50);
		for (const text of texts) expect(text.length).toBeLessThanOrEqual(3000);
		for (const block of sent.blocks) {
			if (!('fields' in block)) continue;
			expect(block.fields.length).toBeLessThanOrEqual(10);
			for (const { text } of block.fields) expect(text.length).toBeLessThanOrEqual(2000);
		}
		expect(texts.every((text) => text.length > 0)).toBe(true);
	});
});

it.each([
	[404, 'no_service', 'refused', 'Slack (hooks.slack.com) has removed or turned off this webhook (404 no_service)'],
	[410, 'channel_is_archived', 'refused', 'Slack (hooks.slack.com) has archived the channel (410 channel_is_archived)'],
	[403, 'action_prohibited', 'refused', 'Slack (hooks.slack.com) does not let this webhook post (403 action_prohibited)'],
	[400, 'invalid_payload', 'refused', 'Slack (hooks.slack.com) cannot read the message (400 invalid_payload)'],
	[429, 'rate_limited', 'try-later', 'Slack (hooks.slack.com) limits messages (429 rate_limited)'],
	[500, 'rollup_error', 'try-later', 'Slack (hooks.slack.com) answers with a server error (500)'],
])('%s %s', async (status, body, kind, reason) => {
	const fetch = async () => new Response(body, { status });
	const delivery = await channel('https://hooks.slack.com/services/x', { fetch }).send(signInFails, { signal });
	expect(delivery).toMatchObject({ kind, reason });
});

function listTexts(block: SlackBlock): readonly string[] {
	if ('fields' in block) return block.fields.map(({ text }) => text);
	return block.type === 'context' ? block.elements.map(({ text }) => text) : [block.text.text];
}
