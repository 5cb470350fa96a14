import type { MessageFact } from '@holdfast/providers/notification';
import type { NotifyRoute } from './decide.ts';

/** How this installation tells people: of the configuration and its runbooks. */
export interface Telling {
	readonly routes: readonly NotifyRoute[];
	/** Takes known secrets out of every text, before it is stored. */
	readonly mask?: <T>(value: T) => T;
	/** Whom to reach about a service, from its runbook. */
	readonly contacts?: (service: string) => readonly MessageFact[];
	/** Name of a service's runbook, as people know the file. */
	readonly runbook?: (service: string) => string | null;
	/** Channels that keep a state for each incident by themselves. */
	readonly keepsIncidents?: ((channel: string) => boolean) | undefined;
}
