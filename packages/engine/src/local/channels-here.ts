/** Channels and contacts of the configuration that lies here, for a rim; with the record of deliveries where a Holdfast runs. */
import { loadConfig } from '../config/load-config.ts';
import { createInbox } from '../inbox/queries.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { type OpenedChannels, openChannels } from './open-channels.ts';
import { addressIn, openContacts, type ServiceContacts } from './open-contacts.ts';
import { type OpenRecord, openRecord } from './open-record.ts';

export interface ChannelsHere extends Omit<OpenedChannels, 'secrets'> {
	readonly contacts: readonly ServiceContacts[];
	/** Null: there is none to be had, or nobody needs it. */
	readonly record: OpenRecord | null;
	/** Why there is no record, in a sentence. */
	readonly unknown: string | null;
	readonly close: () => Promise<void>;
}

/** @param options `database`: `if-there` for the record of all channels, `for-inbox` only where a channel named needs it. Starts nothing. */
export async function openChannelsHere(
	ctx: OperationContext,
	config: string | undefined,
	options: { readonly database: 'if-there' | 'for-inbox'; readonly names?: readonly string[] },
): Promise<ChannelsHere> {
	const loaded = await loadConfig(ctx, config);
	if (loaded === null)
		throw new OperationError('not_found', 'no channels: there is no holdfast.yaml here or above', {
			hint: 'Make one: holdfast init RUNBOOK.md URL',
		});
	const { names = [] } = options;
	const needsInbox = Object.entries(loaded.config.channels ?? {}).some(
		([name, { kind }]) => kind === 'console' && (names.length === 0 || names.includes(name)),
	);
	let record: OpenRecord | null = null;
	let unknown: string | null = null;
	if (options.database === 'if-there' || needsInbox) {
		try {
			record = await openRecord(ctx, config);
		} catch (error) {
			if (!(error instanceof OperationError)) throw error;
			unknown = error.message;
		}
	}
	try {
		const contacts = await openContacts(ctx, loaded);
		const { port, channels, problems } = await openChannels(ctx, loaded, {
			inbox: record === null ? null : (channel) => createInbox((record as OpenRecord).database.pool, channel),
			addressOf: (service, contact) => addressIn(contacts, service, contact),
		});
		// Without a database nothing is known of an inbox, which is not that it fails.
		const told = problems.filter(
			({ channel }) => options.database === 'for-inbox' || record !== null || loaded.config.channels?.[channel]?.kind !== 'console',
		);
		return { port, channels, problems: told, contacts, record, unknown, close: async () => await record?.close() };
	} catch (error) {
		await record?.close();
		throw error;
	}
}
