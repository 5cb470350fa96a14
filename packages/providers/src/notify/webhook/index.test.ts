import { Secret } from '@holdfast/checks/secret';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createChannel } from '../create-channel.ts';
import { describeChannelContract } from '../fixtures/channel-contract.ts';
import { hostile, signInFails } from '../fixtures/messages.ts';
import { noInbox } from '../fixtures/no-inbox.ts';
import { readOnly, startReceiver } from '../fixtures/receiver.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composeWebhookBody } from './compose.ts';
import { signWebhook, toWebhookId } from './sign.ts';

const signal = new AbortController().signal;
const signing = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const older = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const channel = (url: string, options: object = {}, secrets: { secret?: string; previousSecret?: string } = {}) =>
	createChannel(
		{
			kind: 'webhook',
			url: new Secret(url),
			secret: new Secret(secrets.secret ?? signing),
			...(secrets.previousSecret === undefined ? {} : { previousSecret: new Secret(secrets.previousSecret) }),
			private: 'private' in options && options.private === true,
		},
		{ inbox: noInbox, ...options },
	);

describeChannelContract({
	name: 'webhook',
	make: channel,
	goodBody: 'anything',
	badBodies: [],
	body: 'ignored',
	headers: ['accept', 'content-type', 'user-agent', 'webhook-id', 'webhook-signature', 'webhook-timestamp'],
});

it('sends the whole message', async () => {
	const receiver = await startReceiver(204);
	const delivery = await channel(`${receiver.url}/hooks/1`, { private: true }).send(signInFails, { signal });
	const id = toWebhookId(signInFails.dedupKey);
	expect(delivery).toEqual({ kind: 'delivered', reason: 'The webhook has taken the message (204)', id });
	const sent = readOnly(receiver);
	expect(sent).toMatchObject({ method: 'POST', path: '/hooks/1', headers: { 'content-type': 'application/json', 'webhook-id': id } });
	expect(sent.json).toEqual({
		type: 'incident.opened',
		timestamp: '2026-03-04T03:02:10.000Z',
		data: {
			threadKey: 'inc_7c1e90b2',
			dedupKey: 'inc_7c1e90b2/opened/1',
			severity: 'critical',
			service: 'shop-production',
			title: 'Sign-in is failing',
			headline: 'Sign-in is failing on shop-production since 02:58 UTC (4 min)',
			summary: 'SESSION_SECRET is 8 characters long; the runbook asks for 32. It changed with release 4f1c2aa.',
			short: 'Critical: Sign-in is failing on shop-production since 02:58 UTC (4 min), #42',
			since: '2026-03-04T02:58:10.000Z',
			incident: { key: 'inc_7c1e90b2', number: 42, url: 'https://holdfast.example/incidents/42' },
			acknowledgeUrl: 'https://holdfast.example/ack/one-use-7f3a',
			links: [
				{ label: 'Acknowledge', url: 'https://holdfast.example/ack/one-use-7f3a' },
				{ label: 'Open incident 42', url: 'https://holdfast.example/incidents/42' },
				{ label: 'Open the runbook at this line', url: 'https://holdfast.example/runbook#L66' },
			],
			facts: [
				{ label: 'Release', value: '4f1c2aa, live for 4 min' },
				{ label: 'Not sent', value: '3 other checks fail as a consequence' },
			],
			diagnosis: [
				{ label: 'Cause', lines: ['Session secret misconfigured'] },
				{
					label: 'Proof',
					lines: ['auth.login: POST /api/session → 500 in 41 ms (twice)', 'env.secret: SESSION_SECRET present, length 8'],
				},
				{ label: 'Next', lines: ['Roll back to 0c99d1e (well for 6 d), or set the secret'] },
			],
		},
	});
});

describe('the signature', () => {
	const send = async (secrets: { secret?: string; previousSecret?: string }, message = signInFails) => {
		const receiver = await startReceiver(200);
		await channel(receiver.url, { private: true }, secrets).send(message, { signal });
		const { headers, body } = receiver.received[0] ?? { headers: {}, body: '' };
		return { body, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) };
	};

	it('is accepted by the official library, and no longer when a letter changes', async () => {
		const { body, headers } = await send({});
		expect(new Webhook(signing).verify(body, headers)).toMatchObject({ type: 'incident.opened' });
		expect(() => new Webhook(signing).verify(body.replace('Sign-in', 'Sign-on'), headers)).toThrow();
		expect(() => new Webhook(older).verify(body, headers)).toThrow();
	});

	it('is accepted with either secret while one takes the other’s place', async () => {
		const { body, headers } = await send({ secret: signing, previousSecret: older });
		for (const known of [signing, older]) expect(new Webhook(known).verify(body, headers)).toMatchObject({ type: 'incident.opened' });
		expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
	});

	it('holds over text of any kind', async () => {
		const { body, headers } = await send({}, { ...hostile, summary: hostile.summary.slice(0, 10_000) });
		expect(new Webhook(signing).verify(body, headers)).toMatchObject({ type: 'incident.updated' });
		expect(headers['webhook-id']).toMatch(/^msg_[\w-]{27}$/);
	});

	it('has the time of the attempt and the id of the message', () => {
		const [first, second] = [1000, 61_000].map((at) => signWebhook(toWebhookId('a'), at, '{}', [Buffer.alloc(32)]));
		expect(first).toEqual({
			'webhook-id': toWebhookId('a'),
			'webhook-timestamp': '1',
			'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
		});
		expect(second).toMatchObject({ 'webhook-id': first?.['webhook-id'], 'webhook-timestamp': '61' });
		expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
	});
});

it.each([
	['no base64', { secret: 'hunter2-hunter2-hunter2' }, 'secret'],
	['too short', { secret: `whsec_${Buffer.alloc(23).toString('base64')}` }, 'secret'],
	['too long', { secret: `whsec_${Buffer.alloc(65).toString('base64')}` }, 'secret'],
	['empty', { secret: '' }, 'secret'],
	['the previous one empty', { previousSecret: '' }, 'previousSecret'],
])('a secret that is none is told before anything is sent: %s', async (_case, secrets, field) => {
	const delivery = await channel('https://hooks.example/x', {}, secrets).send(signInFails, { signal });
	expect(delivery).toMatchObject({ kind: 'refused', code: 'not-configured', reason: expect.stringContaining(`\`${field}\``) });
	expect(JSON.stringify(delivery)).not.toContain('hunter2');
});

it('a message is bounded, whatever it was made of', () => {
	expect(Buffer.byteLength(JSON.stringify(composeWebhookBody(prepareMessage(hostile))))).toBeLessThan(64 * 1024);
});
