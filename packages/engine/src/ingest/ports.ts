/** What ingest needs of the configuration and of whoever keeps things. */
import type { Secret } from '@holdfast/checks/secret';
import type { DrainLine } from './drains/drain-line.ts';
import type { ErrorGrouping } from './group/group-error.ts';
import type { Quotas } from './limits/category.ts';
import type { ReleaseNotice } from './releases/release-notice.ts';
import type { ErrorEvent } from './sentry/event.ts';
import type { CheckIn, ClientLoss, SessionCount, SessionUpdate, Span, Transaction } from './sentry/trace.ts';
import type { VitalSample } from './vitals/read-beacon.ts';

export interface IngestPorts {
	readonly services: ServiceDirectory;
	readonly store: IngestStore;
}

export interface ServiceDirectory {
	/**
	 * The service that a project of an address belongs to, null when there is none. Asked on every request, so it answers from memory; the same service is the same
	 * object until its configuration changes, because what is made of its secrets is remembered with it.
	 */
	find(projectId: string): IngestService | null;
}

export interface IngestService {
	/** As in the configuration: label of metrics, key of everything that is kept. */
	readonly name: string;
	/** Keys of its DSN, which browsers show to everybody; two during a rotation. */
	readonly publicKeys: readonly string[];
	/** Origins that browsers may send from, `https://shop.example`; null for any. */
	readonly origins: readonly string[] | null;
	/** Values that are erased wherever they turn up. */
	readonly knownSecrets: readonly Secret[];
	/** Of `logs/`, as bearer token or as key of the signature. Without any, the route refuses. */
	readonly drainSecrets: readonly Secret[];
	/** Of `logs/vercel/`: the drain's secret, and what Vercel asks for as `x-vercel-verify`. */
	readonly vercelDrain: { readonly secrets: readonly Secret[]; readonly verify: string | null } | null;
	/** Of `releases/`, keys of the signature. */
	readonly releaseSecrets: readonly Secret[];
	/** Of `releases/vercel/`. */
	readonly vercelWebhookSecrets: readonly Secret[];
	/** What it may send; the rest as by default. */
	readonly quotas: Partial<Quotas>;
}

/**
 * Guarantee asked of each method: the promise resolves when what it was given is kept for good, so that a power cut does not lose it, and rejects otherwise; the
 * sender is told only then. Delivery is at least once, because SDKs send again after a broken connection: ids make twice the same as once.
 */
export interface IngestStore {
	/** In one transaction. Errors and transactions are one by (service, id); session updates by (service, id), terminal states stand; check-ins by (service, id). */
	keepEnvelope(envelope: KeptEnvelope): Promise<void>;
	keepVitals(vitals: KeptVitals): Promise<void>;
	/** A line with an id is one by (service, id). */
	keepLines(lines: KeptLines): Promise<void>;
	/** A notice is one by (service, id). */
	keepRelease(release: KeptRelease): Promise<void>;
	/** False while nothing can be kept: `/healthz` says so, and senders are refused before their body is read. From memory. */
	isReady(): boolean;
}

export interface Kept {
	/** Name of the service. */
	readonly service: string;
	/** Milliseconds since 1970. */
	readonly receivedAt: number;
}

export interface GroupedError {
	readonly event: ErrorEvent;
	/** Which error group it belongs to; `judgeReturn` says what it does to one that was resolved. */
	readonly grouping: ErrorGrouping;
}

/** What one envelope brought, scrubbed and read. At least one list is not empty. */
export interface KeptEnvelope extends Kept {
	readonly errors: readonly GroupedError[];
	readonly transactions: readonly Transaction[];
	readonly spans: readonly Span[];
	readonly sessions: readonly SessionUpdate[];
	readonly sessionCounts: readonly SessionCount[];
	readonly checkIns: readonly CheckIn[];
	readonly losses: readonly ClientLoss[];
	readonly lines: readonly DrainLine[];
}

export interface KeptVitals extends Kept {
	readonly samples: readonly VitalSample[];
}

export interface KeptLines extends Kept {
	readonly lines: readonly DrainLine[];
}

export interface KeptRelease extends Kept {
	readonly notice: ReleaseNotice;
}

/** One line of the engine's own log: what happened, with few words and no data of senders. */
export interface IngestLogEntry {
	/** `error`: someone must act. `warn`: it is tried again. */
	readonly level: 'info' | 'warn' | 'error';
	/** `ingest.storage-failed`. */
	readonly event: string;
	readonly [name: string]: string | number | boolean | null;
}

export type IngestLog = (entry: IngestLogEntry) => void;
