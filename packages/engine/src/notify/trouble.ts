/**
 * A channel that takes nothing. Guarantee: one trouble at a time for a channel, told by one other channel that has none, passed on when that
 * one refuses it too, and told again when it is over to whoever heard of it.
 */
import type pg from 'pg';
import { composeTroubleMessage } from './compose.ts';
import type { Message } from './message.ts';
import { insertNotification } from './queries.ts';

/** A message that waited so long for its channel: somebody should know by another one. Two missed turns of a person who looks every few minutes. */
export const TROUBLE_AFTER_MS = 5 * 60_000;

export function isTrouble(createdAt: number, now: number): boolean {
	return now - createdAt >= TROUBLE_AFTER_MS;
}

export interface Trouble {
	readonly channel: string;
	/** Why, in a sentence without secrets. */
	readonly reason: string;
	/** All channels of the configuration, those that wake somebody first. */
	readonly names: readonly string[];
	/** What was refused or given up, when something was. */
	readonly lost?: Message;
}

export async function beginTrouble(client: pg.PoolClient, { channel, reason, names, lost }: Trouble, now: number): Promise<void> {
	// Taken out of the configuration since: nobody misses it.
	if (!names.includes(channel)) return;
	const { rows: begun } = await client.query<{ id: string }>(
		'insert into channel_trouble (channel, since, reason) values ($1, $2, $3) on conflict (channel) where ended_at is null do nothing returning id',
		[channel, new Date(now), reason.slice(0, 500)],
	);
	const messages: Message[] = begun.map(({ id }) => composeTroubleMessage({ id, channel, reason, since: now }, 'channel-failing', now));
	// It was to tell of another one: a third has to.
	if (lost?.told === 'channel-failing') messages.push(lost);
	if (messages.length === 0) return;
	const { rows: troubled } = await client.query<{ channel: string }>('select channel from channel_trouble where ended_at is null');
	const well = names.find((name) => !troubled.some((other) => other.channel === name));
	if (well === undefined) return;
	for (const message of messages) await tell(client, { channel: well, message, now });
}

export async function endTrouble(client: pg.PoolClient, channel: string, now: number): Promise<void> {
	const { rows } = await client.query<{ id: string; reason: string; since: Date }>(
		'update channel_trouble set ended_at = $2 where channel = $1 and ended_at is null returning id, reason, since',
		[channel, new Date(now)],
	);
	for (const { id, reason, since } of rows) {
		const message = composeTroubleMessage({ id, channel, reason, since: since.getTime() }, 'channel-recovered', now);
		const { rows: heard } = await client.query<{ channel: string }>(
			"select channel from notification where dedup_key = $1 and channel <> $2 and state in ('waiting', 'sent')",
			[`channel/${id}/failing`, channel],
		);
		for (const other of heard) await tell(client, { channel: other.channel, message, now });
	}
}

async function tell(
	client: pg.PoolClient,
	{ channel, message, now }: { readonly channel: string; readonly message: Message; readonly now: number },
): Promise<void> {
	const row = { channel, message, incidentId: null, transitionId: null, state: 'waiting', answer: null, notBefore: now, now } as const;
	await insertNotification(client, row);
}
