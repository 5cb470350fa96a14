import type { NotificationMessage } from '@holdfast/providers/notification';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createMask } from '../evidence/mask-secrets.ts';
import { question, type Watched, watch } from '../fixtures/monitored.ts';
import { makeTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { acknowledgeIncident } from '../operations/incident/acknowledge.ts';
import { openIncident } from '../operations/incident/open.ts';
import type { Database } from '../storage/open-database.ts';
import type { ChannelPort, Delivery } from './channels.ts';
import { createDrain } from './drain.ts';
import { claimNotifications } from './drain-queries.ts';
import { planNotifications } from './work.ts';

const DAY = 86_400_000;
let now = 1_790_000_000_000;
let real: TestDatabase;
let database: Database;
let watched: Watched;
beforeAll(async () => {
	real = await makeTestDatabase();
	database = { ...real, now: async () => now };
	watched = await watch(real, 'bakery', [question('http.health')], 0);
}, 120_000);
afterAll(() => real.drop());
beforeEach(() => real.pool.query('truncate incident_entry, transition, incident, notification, audit, channel_trouble cascade'));

const routes = [{ to: ['ops'] }];
const ada = () => ({ database, actor: 'ada' });
const open = (title: string) => openIncident(ada(), { service: 'bakery', title, severity: 'major' });

interface Receiver extends ChannelPort {
	readonly got: { readonly channel: string; readonly message: NotificationMessage }[];
}
function receive(answers: readonly Delivery[] = [], names: readonly string[] = ['ops', 'mail']): Receiver {
	const got: Receiver['got'] = [];
	return {
		names,
		got,
		send: async (channel, message) => {
			got.push({ channel, message });
			return answers[got.length - 1] ?? { kind: 'delivered', reason: 'ok' };
		},
	};
}
async function drainAll(channels: ChannelPort): Promise<void> {
	const drain = createDrain(database, { channels, chance: () => 0.5 });
	while ((await drain.cycle()) > 0) await drain.settled();
}
async function rows() {
	return (await real.pool.query('select channel, state, attempts, last_answer, dedup_key from notification order by id')).rows;
}

it('tells what happened once, and writes that into the timeline', async () => {
	const { id } = await open('The oven is cold');
	await acknowledgeIncident(ada(), { id, text: 'on it' });
	expect(await planNotifications(database, { routes })).toMatchObject({ planned: 2, failed: [] });
	expect(await planNotifications(database, { routes })).toMatchObject({ planned: 0 });
	const channels = receive();
	await drainAll(channels);
	expect(channels.got.map(({ message }) => message.kind)).toEqual(['opened', 'acknowledged']);
	expect(await rows()).toMatchObject([{ state: 'sent' }, { state: 'sent' }]);
	const entries = await real.pool.query("select text from incident_entry where kind = 'notification' order by id");
	expect(entries.rows[0].text).toBe('ops was told: [major] bakery: The oven is cold (opened)');
});

it('killed between sending and marking, it is sent again under the same key', async () => {
	await open('The oven is cold');
	await planNotifications(database, { routes });
	const channels = receive();
	// What a drain does up to the moment in which it is killed.
	const [claimed] = await claimNotifications(real.pool, { now, limit: 10, leaseMs: 30_000, perChannel: 4, underWay: new Map() });
	await channels.send('ops', claimed?.message as NotificationMessage, new AbortController().signal);
	await drainAll(channels);
	expect(channels.got).toHaveLength(1);
	now += 31_000;
	await drainAll(channels);
	expect(channels.got).toHaveLength(2);
	expect(channels.got[1]?.message.dedupKey).toBe(channels.got[0]?.message.dedupKey);
	expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
});

it('tries again later and later, as the other side asks, and gives up after a day with an alert by another channel', async () => {
	await open('The oven is cold');
	await planNotifications(database, { routes });
	const busy: Delivery = { kind: 'try-later', reason: 'status 503' };
	const channels = receive([busy, { ...busy, retryAfterMs: 120_000 }, busy]);
	await drainAll(channels);
	now += 4999;
	await drainAll(channels);
	expect(channels.got).toHaveLength(1);
	now += 1;
	await drainAll(channels);
	now += 119_999;
	await drainAll(channels);
	expect(channels.got).toHaveLength(2);
	now += DAY;
	await drainAll(channels);
	expect(await rows()).toMatchObject([
		{ channel: 'ops', state: 'given-up', last_answer: 'not taken within a day, 3 tries; last: status 503' },
		{ channel: 'mail', state: 'sent' },
	]);
	expect(channels.got.at(-1)).toMatchObject({ channel: 'mail', message: { kind: 'opened', title: 'The channel ops takes no messages' } });
	const audit = await real.pool.query("select detail from audit where operation = 'notification.lost'");
	expect(audit.rows).toMatchObject([{ detail: { channel: 'ops', state: 'given-up' } }]);
});

it('what is refused is told by another channel at once, and no chain follows', async () => {
	await open('The oven is cold');
	await planNotifications(database, { routes });
	const refused: Delivery = { kind: 'refused', reason: 'no such hook' };
	const channels = receive([refused, refused, refused]);
	await drainAll(channels);
	expect((await rows()).map(({ channel, state }) => [channel, state])).toEqual([
		['ops', 'refused'],
		['mail', 'refused'],
	]);
});

it('a channel that fails is told of once, by one that does not, and again when it is over', async () => {
	const failing = new Set(['ops', 'pager']);
	const got: string[] = [];
	const channels: ChannelPort = {
		names: ['ops', 'pager', 'mail'],
		send: async (channel, { kind, title, threadKey }) => {
			if (failing.has(channel)) return { kind: 'refused', reason: 'no such hook' };
			if (threadKey !== undefined) got.push(`${channel} ${kind} ${title}`);
			return { kind: 'delivered', reason: 'ok' };
		},
	};
	for (const title of ['first', 'second']) {
		await open(title);
		await planNotifications(database, { routes });
		await drainAll(channels);
	}
	// The pager was the first choice for the alert, and refused it as well.
	expect(got.toSorted()).toEqual(['mail opened The channel ops takes no messages', 'mail opened The channel pager takes no messages']);
	failing.clear();
	got.length = 0;
	for (const title of ['third', 'fourth']) {
		await open(title);
		await planNotifications(database, { routes });
		await drainAll(channels);
	}
	expect(got).toEqual(['mail resolved The channel ops takes no messages']);
});

it('a channel that takes nothing for five minutes is told of, although what waits for it is tried again', async () => {
	await open('The oven is cold');
	await planNotifications(database, { routes });
	const busy: Delivery = { kind: 'try-later', reason: 'status 503' };
	const channels = receive([busy, busy]);
	await drainAll(channels);
	now += 5 * 60_000;
	await drainAll(channels);
	expect(channels.got.map(({ channel }) => channel)).toEqual(['ops', 'ops', 'mail']);
	expect(channels.got[2]?.message.summary).toContain('status 503');
	now += 60_000;
	await drainAll(channels);
	expect(channels.got.slice(3).map(({ channel, message }) => [channel, message.kind])).toEqual([
		['ops', 'opened'],
		['mail', 'resolved'],
	]);
});

it('a channel that keeps incidents by itself is told of each, also in a storm', async () => {
	for (let index = 0; index < 7; index++) await open(`oven ${index}`);
	await planNotifications(database, { routes: [{ to: ['ops', 'pager'] }], keepsIncidents: (channel) => channel === 'pager' });
	const channels = receive();
	now += 10_000;
	await drainAll(channels);
	expect(channels.got.filter(({ channel }) => channel === 'ops')).toHaveLength(1);
	expect(channels.got.filter(({ channel }) => channel === 'pager')).toHaveLength(7);
});

it('known secrets are masked before the row is written, and an incident keeps its key', async () => {
	const { id } = await open('The oven says sesame-42');
	const mask = createMask(['sesame-42']);
	await acknowledgeIncident(ada(), { id, text: 'sesame-42 was in my pocket' });
	await planNotifications(database, { routes, mask });
	const stored = await real.pool.query('select message::text from notification');
	expect(JSON.stringify(stored.rows)).not.toContain('sesame-42');
	const channels = receive();
	await drainAll(channels);
	expect(new Set(channels.got.map(({ message }) => message.incident?.key)).size).toBe(1);
	expect(new Set(channels.got.map(({ message }) => message.dedupKey)).size).toBe(2);
	expect(channels.got[0]?.message).not.toHaveProperty('told');
});

it('a channel that hangs or throws holds up no other', async () => {
	await open('The oven is cold');
	await planNotifications(database, { routes: [{ to: ['hangs', 'throws', 'ops'] }] });
	const got: string[] = [];
	const channels: ChannelPort = {
		names: ['hangs', 'throws', 'ops'],
		send: (channel) => {
			got.push(channel);
			if (channel === 'hangs') return new Promise(() => undefined);
			if (channel === 'throws') throw new Error('https://hooks.example/secret');
			return Promise.resolve({ kind: 'delivered', reason: 'ok' });
		},
	};
	const drain = createDrain(database, { channels, sendMs: 200 });
	await drain.cycle();
	await drain.settled();
	expect((await rows()).map(({ channel, state, last_answer }) => [channel, state, last_answer])).toEqual([
		['hangs', 'waiting', 'no answer within 0.2 s'],
		['throws', 'waiting', 'the channel broke (Error)'],
		['ops', 'sent', 'ok'],
	]);
});

it('a storm becomes one digest, and what waits joins it', async () => {
	await open('first');
	await planNotifications(database, { routes });
	for (let index = 0; index < 9; index++) await open(`more ${index}`);
	await planNotifications(database, { routes });
	const channels = receive();
	now += 10_000;
	await drainAll(channels);
	expect(channels.got).toHaveLength(1);
	const told = channels.got[0]?.message;
	expect(told).toMatchObject({ kind: 'digest', title: '10 incidents opened at once', service: 'bakery' });
	expect((await rows()).filter(({ state, last_answer }) => state === 'suppressed' && last_answer === 'told in a digest')).toHaveLength(10);
});

it.each(['echo', 'maintenance', 'flapping'])('%s: nobody is told, and the reason stands there', async (consequence) => {
	await real.pool.query(
		"insert into transition (monitor_id, at, from_state, to_state, reason, consequence, next_attempt_at) values ($1, $2, 'ok', 'fail', 'because', $3, $2)",
		[watched.idOf('http.health'), new Date(now), consequence],
	);
	expect(await planNotifications(database, { routes })).toMatchObject({ planned: 0, suppressed: 1 });
	expect(await rows()).toMatchObject([{ state: 'suppressed', last_answer: `${consequence}: because` }]);
});

it('a happening that throws is put off, and the others are told', async () => {
	await open('one');
	await open('two');
	await real.pool.query('alter table notification add constraint no_one check (message::text not like \'%"one"%\')');
	expect(await planNotifications(database, { routes })).toMatchObject({
		planned: 1,
		failed: [{ subject: expect.stringMatching(/^entry\//) }],
	});
	await real.pool.query('alter table notification drop constraint no_one');
	expect(await planNotifications(database, { routes })).toMatchObject({ planned: 0 });
	now += 16 * 60_000;
	expect(await planNotifications(database, { routes })).toMatchObject({ planned: 1 });
});
