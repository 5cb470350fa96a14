import type { IncomingMessage } from 'node:http';
import type { ItemOutcome } from '../counters/ingest-counters.ts';
import type { Category } from '../limits/category.ts';
import type { IngestService, IngestStore } from '../ports.ts';
import type { SecretEraser } from '../scrub/known-secrets.ts';
import type { Answer } from './answer.ts';

/** What a handler of a project's route is handed. */
export interface IngestCall {
	readonly service: IngestService;
	readonly projectId: string;
	readonly request: IncomingMessage;
	readonly query: URLSearchParams;
	/** Milliseconds since 1970: when the request came in. */
	readonly receivedAt: number;
	/** The body, read and decompressed; an answer when it cannot be had. */
	readonly readBody: (limits: BodyLimits) => Promise<ReadBody>;
	/** Takes a request from the quota of the service, once it is known to be its own: strangers must not use it up. @returns an answer when there is none left. */
	readonly admit: () => Answer | null;
	/** Takes from a quota of the service. @returns 0, or in how many milliseconds to come again. */
	readonly meter: (category: Category, amount: number) => number;
	/** Keeps something, within a time; an answer when it is not known to be kept. */
	readonly keep: (write: (store: IngestStore) => Promise<void>) => Promise<Answer | null>;
	readonly erase: SecretEraser;
	readonly count: (kind: string, outcome: ItemOutcome, amount: number) => void;
}

export interface BodyLimits {
	/** Bytes as they come. */
	readonly wireBytes: number;
	/** Bytes after decompression. */
	readonly bytes: number;
}

export type ReadBody =
	| { readonly ok: true; readonly bytes: Buffer /** As it came. */; readonly raw: Buffer }
	| { readonly ok: false; readonly answer: Answer };

export type Handler = (call: IngestCall) => Promise<Answer>;
