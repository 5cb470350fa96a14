import { describe, expect, it } from 'vitest';
import { describeChannelContract } from '../fixtures/channel-contract.ts';
import { hookChannel } from '../fixtures/hook-channel.ts';
import { hostile, signInFails, signInIsBack } from '../fixtures/messages.ts';
import { readOnly, startReceiver } from '../fixtures/receiver.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeCard, composeTeamsMessage, maxTeamsBytes } from './compose.ts';

const signal = new AbortController().signal;
const channel = hookChannel('teams');

describeChannelContract({ name: 'teams', make: channel, goodBody: '', badBodies: [], body: 'ignored' });

it('sends a card', async () => {
	const receiver = await startReceiver(202);
	const delivery = await channel(`${receiver.url}/workflows/1/triggers/manual/paths/invoke?sig=x`, { private: true }).send(signInFails, {
		signal,
	});
	expect(delivery).toEqual({
		kind: 'delivered',
		reason: 'Teams’ workflow has taken the message (202); whether it posts it stands in its run history',
	});
	const sent = readOnly(receiver);
	expect(sent).toMatchObject({ method: 'POST', path: '/workflows/1/triggers/manual/paths/invoke?sig=x' });
	const text = (words: string) => ({ type: 'TextRun', text: words });
	const label = (words: string) => ({ type: 'TextRun', text: `${words}  `, weight: 'Bolder' });
	expect(sent.json).toEqual({
		type: 'message',
		attachments: [
			{
				contentType: 'application/vnd.microsoft.card.adaptive',
				contentUrl: null,
				content: {
					$schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
					type: 'AdaptiveCard',
					version: '1.4',
					fallbackText: 'Critical: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
					msteams: { width: 'Full' },
					body: [
						{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'Critical · incident 42', isSubtle: true }] },
						{
							type: 'RichTextBlock',
							inlines: [
								{
									type: 'TextRun',
									text: 'Sign-in is failing on shop-production since 02:58 UTC (4 min)',
									weight: 'Bolder',
									size: 'Large',
									color: 'Attention',
								},
							],
						},
						{
							type: 'RichTextBlock',
							inlines: [text('SESSION_SECRET is 8 characters long; the runbook asks for 32. It changed with release 4f1c2aa.')],
						},
						{ type: 'RichTextBlock', inlines: [label('Cause'), text('Session secret misconfigured')] },
						{
							type: 'RichTextBlock',
							spacing: 'None',
							inlines: [label('Proof'), text('auth.login: POST /api/session → 500 in 41 ms (twice)')],
						},
						{ type: 'RichTextBlock', spacing: 'None', inlines: [text('env.secret: SESSION_SECRET present, length 8')] },
						{
							type: 'RichTextBlock',
							spacing: 'None',
							inlines: [label('Next'), text('Roll back to 0c99d1e (well for 6 d), or set the secret')],
						},
						{ type: 'RichTextBlock', spacing: 'None', inlines: [label('Release'), text('4f1c2aa, live for 4 min')] },
						{ type: 'RichTextBlock', spacing: 'None', inlines: [label('Not sent'), text('3 other checks fail as a consequence')] },
					],
					actions: [
						{ type: 'Action.OpenUrl', title: 'Acknowledge', url: 'https://holdfast.example/ack/one-use-7f3a' },
						{ type: 'Action.OpenUrl', title: 'Open incident 42', url: 'https://holdfast.example/incidents/42' },
						{ type: 'Action.OpenUrl', title: 'Open the runbook at this line', url: 'https://holdfast.example/runbook#L66' },
					],
				},
			},
		],
	});
});

it('is green when it is over', () => {
	expect(JSON.stringify(composeCard(prepareMessage(signInIsBack)))).toContain('"color":"Good"');
});

describe('hostile text', () => {
	const json = composeTeamsMessage(hostile);

	it('is cut until Teams takes it', () => {
		expect(Buffer.byteLength(json)).toBeLessThanOrEqual(maxTeamsBytes);
		expect(json).toContain('further lines are not shown here');
	});

	it('stands in text runs, which know no markup; other texts are our own or addresses', () => {
		const [attachment] = JSON.parse(json).attachments;
		const { body, actions } = attachment.content;
		for (const block of body) {
			expect(block.type).toBe('RichTextBlock');
			for (const inline of block.inlines) expect(inline.type).toBe('TextRun');
		}
		for (const { url } of actions) expect(url).toMatch(/^https:\/\/holdfast\.example\//);
	});
});

it.each([
	[
		404,
		'{"error":{"code":"WorkflowNotFound","message":"The workflow x could not be found"}}',
		'has no such workflow any more (404 WorkflowNotFound)',
	],
	[
		401,
		'{"error":{"code":"DirectApiAuthorizationRequired"}}',
		'does not accept the signature in the URL (401 DirectApiAuthorizationRequired)',
	],
	[400, '{"error":{"code":"WorkflowTriggerIsNotEnabled"}}', 'has turned off the workflow (400 WorkflowTriggerIsNotEnabled)'],
	[413, '', 'finds the message too large (413)'],
])('%s %s', async (status, body, reason) => {
	const fetch = async () => new Response(body, { status });
	const delivery = await channel('https://prod-1.westeurope.logic.azure.com/x', { fetch }).send(signInFails, { signal });
	expect(delivery).toMatchObject({ kind: 'refused', reason: `Teams (prod-1.westeurope.logic.azure.com) ${reason}` });
});
