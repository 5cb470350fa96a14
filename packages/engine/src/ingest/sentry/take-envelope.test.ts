import { Secret } from '@holdfast/checks/secret';
import { describe, expect, it } from 'vitest';
import { exception, type Item, makeEnvelope } from '../fixtures/make-envelope.ts';
import { createSecretEraser } from '../scrub/known-secrets.ts';
import { parseEnvelope } from './parse-envelope.ts';
import { type TakeOptions, takeEnvelope } from './take-envelope.ts';

const NOW = 1_795_855_210_000;
const erase = createSecretEraser([new Secret('correct-horse-battery')]);

function take(items: readonly Item[], header: object = {}, meter: TakeOptions['meter'] = () => 0) {
	const parsed = parseEnvelope(makeEnvelope(items, header));
	if (!parsed.ok) throw new Error(parsed.problem.detail);
	return takeEnvelope(parsed.envelope, { receivedAt: NOW, erase, meter });
}

const event: Item = [
	{ type: 'event' },
	{ ...exception('OrderError', 'order 1 is gone correct-horse-battery'), extra: { password: 'hunter22' } },
];
const session: Item = [{ type: 'session' }, { sid: 'a'.repeat(32), started: '2026-11-28T08:40:00Z', attrs: { release: 'r' } }];

it('groups and scrubs an event, and gives it the id of the envelope', () => {
	const { id, kept, counts } = take([event], { event_id: 'b'.repeat(32) });
	expect(id).toBe('b'.repeat(32));
	expect(kept.errors).toMatchObject([
		{ event: { id }, grouping: { by: 'stack', title: expect.stringContaining('OrderError: order 1 is gone') } },
	]);
	expect(JSON.stringify(kept)).not.toMatch(/hunter22|correct-horse/);
	expect(counts).toEqual([{ kind: 'event', outcome: 'kept', amount: 1 }]);
});

it('gives an event without any id one that is the same when it is sent again', () => {
	const [first, second] = [take([event]), take([event])];
	expect(first.id).toMatch(/^[0-9a-f]{32}$/);
	expect(second.id).toBe(first.id);
});

it('skips what it does not know, counts it, and lets no broken item harm another', () => {
	const { kept, counts } = take([
		[{ type: 'replay_recording' }, 'binary'],
		[{ type: 'hologram' }, {}],
		[{ type: 'event' }, '{"broken":'],
		[{ type: 'check_in' }, { status: 'maybe' }],
		session,
	]);
	expect(kept.sessions).toHaveLength(1);
	expect(counts).toEqual([
		{ kind: 'replay_recording', outcome: 'skipped', amount: 1 },
		{ kind: 'other', outcome: 'skipped', amount: 1 },
		{ kind: 'event', outcome: 'malformed', amount: 1 },
		{ kind: 'check_in', outcome: 'malformed', amount: 1 },
		{ kind: 'session', outcome: 'kept', amount: 1 },
	]);
});

describe('quotas', () => {
	it('are asked by category with the number of things, and hold for their category only', () => {
		const asked: [string, number][] = [];
		const spans: Item = [{ type: 'span', item_count: 1 }, { items: [{}, {}, {}] }];
		const { kept, limits, counts } = take([event, session, spans], {}, (category, amount) => {
			asked.push([category, amount]);
			return category === 'error' ? 1_500 : 0;
		});
		expect(asked).toEqual([
			['error', 1],
			['session', 1],
			['span', 3],
		]);
		expect(limits).toEqual([{ category: 'error', retryAfterMs: 1_500 }]);
		expect([kept.errors.length, kept.sessions.length]).toEqual([0, 1]);
		expect(counts).toContainEqual({ kind: 'event', outcome: 'limited', amount: 1 });
	});

	it('never hold for a client report', () => {
		const report: Item = [{ type: 'client_report' }, { discarded_events: [{ reason: 'a', category: 'error', quantity: 1 }] }];
		expect(take([report], {}, () => 1_000).kept.losses).toHaveLength(1);
	});
});

it('reads logs into lines', () => {
	const log: Item = [
		{ type: 'log', item_count: 2 },
		{
			items: [
				{
					timestamp: 1_795_855_209,
					level: 'warn',
					body: 'password=hunter22',
					trace_id: 'a'.repeat(32),
					attributes: { 'sentry.release': { value: 'r', type: 'string' } },
				},
				{},
			],
		},
	];
	const { kept, counts } = take([log]);
	expect(kept.lines).toMatchObject([
		{ at: 1_795_855_209_000, level: 'warning', message: 'password=[scrubbed]', traceId: 'a'.repeat(32), release: 'r' },
	]);
	expect(counts).toContainEqual({ kind: 'log', outcome: 'malformed', amount: 1 });
});
