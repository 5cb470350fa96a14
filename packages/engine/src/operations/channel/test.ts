import { randomUUID } from 'node:crypto';
import { makeTestMessage } from '@holdfast/providers/notification';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import type { ChannelPort } from '../../notify/channels.ts';
import { OperationError } from '../../operation-error.ts';

export interface ChannelTest {
	readonly channel: string;
	readonly outcome: 'delivered' | 'refused' | 'not-taken';
	/** In a sentence, without secrets. */
	readonly reason: string;
	readonly durationMs: number;
}

export interface TestChannelsInput {
	/** Absent or empty: every channel. */
	readonly names?: readonly string[] | undefined;
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly elapsed: () => number;
	readonly signal: AbortSignal;
}

/** Longer than any channel's own limit. */
const LONGEST_MS = 30_000;

/**
 * Sends a test message by each, all at once, one try each. Nothing of it is written down, except by an inbox.
 * @throws OperationError `not_found` when there is no such channel, with the nearest name; then nothing was sent
 */
export async function testChannels(
	port: ChannelPort,
	{ names = [], now, elapsed, signal }: TestChannelsInput,
): Promise<readonly ChannelTest[]> {
	if (port.names.length === 0)
		throw new OperationError('not_found', 'holdfast.yaml has no channels', { hint: 'For example ops: {kind: console} under channels.' });
	for (const name of names) {
		if (port.names.includes(name)) continue;
		const nearest = findNearestName(name, port.names);
		const hint = nearest === null ? `There are ${port.names.join(', ')}.` : `Did you mean ${nearest}?`;
		throw new OperationError('not_found', `there is no channel ${name}`, { hint });
	}
	const wanted = names.length === 0 ? port.names : [...new Set(names)];
	return await Promise.all(
		wanted.map(async (channel): Promise<ChannelTest> => {
			const began = elapsed();
			const message = makeTestMessage(channel, `test/${randomUUID()}`, now);
			const tell = (outcome: ChannelTest['outcome'], reason: string) => ({
				channel,
				outcome,
				reason,
				durationMs: Math.round(elapsed() - began),
			});
			try {
				const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
				const { kind, reason } = await port.send(channel, message, limit);
				return tell(kind === 'try-later' ? 'not-taken' : kind, reason);
			} catch (error) {
				// The words of an unforeseen error may hold anything.
				return tell('not-taken', `the channel broke (${error instanceof Error ? error.name : typeof error})`);
			}
		}),
	);
}
