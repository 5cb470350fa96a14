/**
 * Sends what waits. Guarantee: at least once, each time under the same key; marked sent after the channel took it. A channel that hangs
 * holds up nobody else. What no channel takes within a day, or what one refuses, is in the audit; that a channel takes nothing is told once
 * by another channel, and once more when it is over.
 */
import { ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import { addEntry } from '../incidents/queries.ts';
import type { Database } from '../storage/open-database.ts';
import type { ChannelPort, Delivery } from './channels.ts';
import { decideAfterFailure } from './decide.ts';
import { type ClaimedNotification, claimNotifications, retryNotification, settleNotification } from './drain-queries.ts';
import { summarise, toNotification } from './message.ts';
import { beginTrouble, endTrouble, isTrouble } from './trouble.ts';

export interface Attempt {
	readonly notification: number;
	readonly incident: number | null;
	readonly channel: string;
	readonly attempt: number;
	readonly outcome: 'sent' | 'refused' | 'given-up' | 'retry';
	readonly reason: string;
}

export interface DrainOptions {
	readonly channels: ChannelPort;
	readonly onAttempt?: (attempt: Attempt) => void;
	/** Told of what could not even be marked. */
	readonly onError?: (error: unknown) => void;
	/** 0 up to 1. */
	readonly chance?: () => number;
	/** Longest a send may take, where the channel says nothing else. */
	readonly sendMs?: number;
	/** Makes the link by which its incident can be acknowledged; null: it is sent without. Made anew for each attempt, and stored nowhere. */
	readonly acknowledgeUrl?: (notification: ClaimedNotification) => Promise<string | null>;
}

export interface Drain {
	/** Claims what may be sent and begins to; does not wait for it. @returns how many */
	readonly cycle: () => Promise<number>;
	/** Until nothing is under way. */
	readonly settled: () => Promise<void>;
}

const AT_ONCE = 32;
const AT_ONCE_PER_CHANNEL = 4;

export function createDrain(database: Database, options: DrainOptions): Drain {
	const underWay = new Map<Promise<void>, string>();
	const sendMs = options.sendMs ?? 10_000;
	const cycle = async (): Promise<number> => {
		const limit = AT_ONCE - underWay.size;
		if (limit <= 0) return 0;
		const counts = new Map<string, number>();
		for (const channel of underWay.values()) counts.set(channel, (counts.get(channel) ?? 0) + 1);
		const now = await database.now();
		const claimed = await claimNotifications(database.pool, {
			now,
			limit,
			leaseMs: sendMs * 3,
			perChannel: AT_ONCE_PER_CHANNEL,
			underWay: counts,
		});
		for (const notification of claimed) {
			const sending = sendOne(database, notification, { ...options, sendMs })
				.catch((error: unknown) => options.onError?.(error))
				.finally(() => underWay.delete(sending));
			underWay.set(sending, notification.channel);
		}
		return claimed.length;
	};
	return { cycle, settled: async () => void (await Promise.all(underWay.keys())) };
}

async function sendOne(
	database: Database,
	notification: ClaimedNotification,
	options: DrainOptions & { readonly sendMs: number },
): Promise<void> {
	const delivery = await trySend(notification, options);
	const now = await database.now();
	const tell = (outcome: Attempt['outcome'], reason: string): void =>
		options.onAttempt?.({
			notification: notification.id,
			incident: notification.incidentId,
			channel: notification.channel,
			attempt: notification.attempts,
			outcome,
			reason,
		});
	if (delivery.kind === 'delivered') {
		await markSent(database, notification, { answer: delivery.reason, now });
		return tell('sent', delivery.reason);
	}
	if (delivery.kind === 'refused') {
		await markLost(database, notification, { state: 'refused', answer: delivery.reason, now, channels: options.channels });
		return tell('refused', delivery.reason);
	}
	const { attempts, createdAt } = notification;
	const tried = { attempts, createdAt, reason: delivery.reason, retryAfterMs: delivery.retryAfterMs ?? 0 };
	const after = decideAfterFailure(tried, now, (options.chance ?? Math.random)());
	if (after.kind === 'give-up') {
		await markLost(database, notification, { state: 'given-up', answer: after.reason, now, channels: options.channels });
		return tell('given-up', after.reason);
	}
	await retryNotification(database.pool, { id: notification.id, at: now + after.inMs, answer: delivery.reason });
	if (isTrouble(createdAt, now)) {
		const trouble = { channel: notification.channel, reason: delivery.reason, names: options.channels.names };
		await database.transaction((client) => beginTrouble(client, trouble, now));
	}
	tell('retry', delivery.reason);
}

/** Never rejects, and ends in time whatever the channel does. */
async function trySend(notification: ClaimedNotification, options: DrainOptions & { readonly sendMs: number }): Promise<Delivery> {
	const { channel, message } = notification;
	const { channels } = options;
	const sendMs = channels.limitMs?.(channel) ?? options.sendMs;
	const stop = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const overdue = new Promise<Delivery>((resolve) => {
		timer = setTimeout(() => {
			stop.abort();
			resolve({ kind: 'try-later', reason: `no answer within ${sendMs / 1000} s` });
		}, sendMs);
	});
	try {
		const acknowledgeUrl = await Promise.race([options.acknowledgeUrl?.(notification) ?? null, overdue]);
		if (acknowledgeUrl !== null && typeof acknowledgeUrl !== 'string') return acknowledgeUrl;
		const sent = { ...toNotification(message), ...(acknowledgeUrl === null ? {} : { acknowledgeUrl }) };
		return await Promise.race([channels.send(channel, sent, stop.signal), overdue]);
	} catch (error) {
		// The words of an unforeseen error may hold anything, an address with its token among it.
		return { kind: 'try-later', reason: `the channel broke (${error instanceof Error ? error.name : typeof error})` };
	} finally {
		clearTimeout(timer);
	}
}

async function markSent(
	database: Database,
	{ id, incidentId, channel, message }: ClaimedNotification,
	{ answer, now }: { readonly answer: string; readonly now: number },
): Promise<void> {
	await database.transaction(async (client) => {
		if (!(await settleNotification(client, { id, state: 'sent', answer, now }))) return;
		await endTrouble(client, channel, now);
		if (incidentId === null) return;
		await addEntry(client, now, {
			incidentId,
			kind: 'notification',
			actor: ENGINE_ACTOR,
			text: `${channel} was told: ${summarise(message)}`,
		});
	});
}

async function markLost(
	database: Database,
	{ id, incidentId, channel, message }: ClaimedNotification,
	{ state, answer, now, channels }: { state: 'refused' | 'given-up'; answer: string; now: number; channels: ChannelPort },
): Promise<void> {
	await database.transaction(async (client) => {
		if (!(await settleNotification(client, { id, state, answer, now }))) return;
		const detail = { channel, state, answer, incident: incidentId };
		await recordAudit(client, now, [{ actor: ENGINE_ACTOR, operation: 'notification.lost', subject: `notification/${id}`, detail }]);
		if (incidentId !== null)
			await addEntry(client, now, { incidentId, kind: 'notification', actor: ENGINE_ACTOR, text: `${channel} was not told: ${answer}` });
		await beginTrouble(client, { channel, reason: answer, names: channels.names, lost: message }, now);
	});
}
