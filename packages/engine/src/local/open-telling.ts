/** How people are told by a Holdfast that runs here: channels, contacts, masks and links, for start-up. */
import { createAcknowledgeToken } from '../acknowledge/links.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { EngineOptions } from '../engine.ts';
import { createMask, listSecrets } from '../evidence/mask-secrets.ts';
import { createInbox } from '../inbox/queries.ts';
import { toContactFacts } from '../notify/contacts.ts';
import type { OperationContext } from '../ports.ts';
import type { ResolvedService } from '../service/resolve-service.ts';
import type { Database } from '../storage/open-database.ts';
import { openChannels } from './open-channels.ts';
import { addressIn, type ServiceContacts } from './open-contacts.ts';

export interface OpenTellingOptions {
	readonly loaded: LoadedConfig;
	readonly services: ReadonlyMap<string, ResolvedService>;
	readonly contacts: readonly ServiceContacts[];
	readonly database: Database;
	/** Origin under which the acknowledgement page is reached; null: messages have no such link. */
	readonly linkBase: string | null;
	readonly say: (sentence: string) => void;
}

/** @returns what the engine is handed */
export async function openTelling(
	ctx: OperationContext,
	{ loaded, services, contacts, database, linkBase, say }: OpenTellingOptions,
): Promise<Required<Pick<EngineOptions, 'channels' | 'routes' | 'telling' | 'acknowledgeUrl'>>> {
	const opened = await openChannels(ctx, loaded, {
		inbox: (channel) => createInbox(database.pool, channel),
		addressOf: (service, contact) => addressIn(contacts, service, contact),
	});
	for (const { channel, reason } of opened.problems) say(`The channel ${channel} cannot be used: ${reason}`);
	if (opened.channels.length > 0 && (loaded.config.notify ?? []).length === 0)
		say('Nobody is told of incidents: holdfast.yaml has channels, and no rule under notify.');
	for (const { service, runbook, contacts: known } of contacts) {
		const open = known.filter(({ ways }) => ways.length === 0).length;
		if (open > 0)
			say(`${runbook}: ${open} ${open === 1 ? 'contact of' : 'contacts of'} ${service} cannot be reached; holdfast channels names them.`);
	}
	const facts = new Map(contacts.map(({ service, contacts: known }) => [service, toContactFacts(known)]));
	const runbooks = new Map(contacts.map(({ service, runbook }) => [service, runbook]));
	const mask = createMask([...[...services.values()].flatMap(({ target }) => listSecrets(target)), ...opened.secrets]);
	return {
		channels: opened.port,
		routes: loaded.config.notify ?? [],
		telling: {
			mask,
			contacts: (service) => facts.get(service) ?? [],
			runbook: (service) => runbooks.get(service) ?? null,
			keepsIncidents: opened.port.keepsIncidents,
		},
		acknowledgeUrl: async ({ id, incidentId, channel, message }) => {
			if (linkBase === null || incidentId === null || !ASKED.includes(message.told) || opened.port.isInbox(channel)) return null;
			const token = await createAcknowledgeToken(database, { incidentId, channel, notificationId: id }, await database.now());
			return `${linkBase.replace(/\/+$/, '')}/acknowledge/${token}`;
		},
	};
}

/** What somebody may take care of. An inbox gets no link: a token is kept nowhere. */
const ASKED: readonly string[] = ['opened', 'reopened', 'raised'];
