import { Secret } from '@holdfast/checks/secret';
import { describe, expect, it } from 'vitest';
import { secret } from '../../contract-suite.ts';
import { createChannel } from '../create-channel.ts';
import { describeChannelContract } from '../fixtures/channel-contract.ts';
import { hostile, signInFails, signInIsBack } from '../fixtures/messages.ts';
import { noInbox } from '../fixtures/no-inbox.ts';
import { readOnly, startReceiver } from '../fixtures/receiver.ts';
import { prepareMessage } from '../templates/prepare-message.ts';
import { composePagerDutyEvent } from './compose.ts';

const signal = new AbortController().signal;
const routingKey = '0123456789abcdef0123456789abcdef';
const channel = (url: string, options: object = {}, key = secret) =>
	createChannel(
		{ kind: 'pagerduty', routingKey: new Secret(key), url, private: 'private' in options && options.private === true },
		{ inbox: noInbox, ...options },
	);

describeChannelContract({
	name: 'pagerduty',
	make: channel,
	goodBody: '{"status":"success","message":"Event processed","dedup_key":"inc_7c1e90b2"}',
	badBodies: ['', 'SECRET', '[]', '{"status":"SECRET"}', '<!doctype html>SECRET'],
});

const accepted = '{"status":"success","message":"Event processed","dedup_key":"inc_7c1e90b2"}';

it('triggers with the key of the incident', async () => {
	const receiver = await startReceiver(202, accepted);
	const delivery = await channel(receiver.url, { private: true }, routingKey).send(signInFails, { signal });
	expect(delivery).toEqual({ kind: 'delivered', reason: 'PagerDuty has taken the event', id: 'inc_7c1e90b2' });
	const sent = readOnly(receiver);
	expect(sent).toMatchObject({ method: 'POST', path: '/v2/enqueue' });
	expect(sent.json).toEqual({
		routing_key: routingKey,
		dedup_key: 'inc_7c1e90b2',
		event_action: 'trigger',
		payload: {
			summary:
				'Sign-in is failing on shop-production since 02:58 UTC (4 min): SESSION_SECRET is 8 characters long; the runbook asks for 32. It changed with release 4f1c2aa.',
			source: 'shop-production',
			severity: 'critical',
			timestamp: '2026-03-04T02:58:10.000Z',
			class: 'opened',
			custom_details: {
				Cause: 'Session secret misconfigured',
				Proof: ['auth.login: POST /api/session → 500 in 41 ms (twice)', 'env.secret: SESSION_SECRET present, length 8'],
				Next: 'Roll back to 0c99d1e (well for 6 d), or set the secret',
				Release: '4f1c2aa, live for 4 min',
				'Not sent': '3 other checks fail as a consequence',
			},
		},
		client: 'Holdfast',
		client_url: 'https://holdfast.example/incidents/42',
		links: [
			{ href: 'https://holdfast.example/ack/one-use-7f3a', text: 'Acknowledge' },
			{ href: 'https://holdfast.example/incidents/42', text: 'Open incident 42' },
			{ href: 'https://holdfast.example/runbook#L66', text: 'Open the runbook at this line' },
		],
	});
});

it.each([
	['acknowledged', 'acknowledge'],
	['resolved', 'resolve'],
] as const)('%s is said with the same key and nothing else', (kind, action) => {
	expect(composePagerDutyEvent(prepareMessage({ ...signInIsBack, kind }), routingKey)).toEqual({
		routing_key: routingKey,
		dedup_key: 'inc_7c1e90b2',
		event_action: action,
	});
});

it.each([
	['critical', 'critical'],
	['major', 'error'],
	['minor', 'warning'],
	['info', 'info'],
] as const)('%s is %s there', (severity, theirs) => {
	expect(composePagerDutyEvent(prepareMessage({ ...signInFails, severity }), routingKey)).toMatchObject({ payload: { severity: theirs } });
});

it('what has no incident has the key of its message', () => {
	const { incident: _, ...digest } = signInFails;
	const event = composePagerDutyEvent(prepareMessage({ ...digest, kind: 'digest' }), routingKey);
	expect(event).toMatchObject({ event_action: 'trigger', dedup_key: signInFails.dedupKey });
});

describe('hostile text', () => {
	const event = composePagerDutyEvent(prepareMessage(hostile), routingKey);

	it('stays within the limits', () => {
		if (event.event_action !== 'trigger') throw new Error('expected a trigger');
		expect(event.payload.summary.length).toBeLessThanOrEqual(1024);
		expect(event.dedup_key).toMatch(/^[0-9a-f]{64}$/);
		expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(512 * 1024);
		expect(Object.keys(event.payload.custom_details).length).toBeGreaterThan(10);
	});
});

it.each([
	[
		400,
		'{"status":"invalid event","errors":["Length of \'routing_key\' is incorrect"]}',
		'refused',
		'does not accept the routing key (400)',
	],
	[400, '{"status":"invalid event","errors":["x"]}', 'refused', 'cannot read the event (400)'],
	[429, '', 'try-later', 'takes no more events from this service for now (429)'],
])('%s %s', async (status, body, kind, reason) => {
	const fetch = async () => new Response(body, { status });
	const delivery = await channel('https://events.pagerduty.com', { fetch }, routingKey).send(signInFails, { signal });
	expect(delivery).toMatchObject({ kind, reason: `PagerDuty (events.pagerduty.com) ${reason}` });
});

it('a key that is none is told before anything is sent', async () => {
	const delivery = await channel('https://events.pagerduty.com', {}, 'two words').send(signInFails, { signal });
	expect(delivery).toMatchObject({ kind: 'refused', code: 'not-configured' });
});
