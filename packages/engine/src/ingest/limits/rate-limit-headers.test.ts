import { createTransport } from '@sentry/node';
import { expect, it } from 'vitest';
import { describeLimits } from './rate-limit-headers.ts';

it.each([
	[[{ category: 'error' as const, retryAfterMs: 1_200 }], '2:error:key:quota_exceeded', '2'],
	[
		[
			{ category: 'error' as const, retryAfterMs: 60_000 },
			{ category: 'span' as const, retryAfterMs: 1 },
		],
		'60:error:key:quota_exceeded, 1:span:key:quota_exceeded',
		'60',
	],
	[[{ category: null, retryAfterMs: 5_000 }], '5::key:quota_exceeded', '5'],
])('%j', (limits, header, retryAfter) => {
	expect(describeLimits(limits)).toEqual({ 'X-Sentry-Rate-Limits': header, 'Retry-After': retryAfter });
});

it('is read by the official SDK: it stops sending that category, and nothing else', async () => {
	const sent: string[] = [];
	const headers = {
		'x-sentry-rate-limits': describeLimits([{ category: 'error', retryAfterMs: 60_000 }])['X-Sentry-Rate-Limits'],
		'retry-after': null,
	};
	const transport = createTransport({ recordDroppedEvent: () => undefined }, ({ body }) => {
		sent.push(String(body).includes('"event"') ? 'event' : 'session');
		return Promise.resolve({ statusCode: 200, headers });
	});
	const event = [{ event_id: 'a', sent_at: 'x' }, [[{ type: 'event' }, { message: 'x' }]]];
	const session = [{ sent_at: 'x' }, [[{ type: 'session' }, { sid: 'x' }]]];
	for (const envelope of [event, event, session]) await transport.send(envelope as unknown as Parameters<typeof transport.send>[0]);
	expect(sent).toEqual(['event', 'session']);
});
