import type { IngestLog, IngestStore } from '../ports.ts';
import { type Answer, refuse } from './answer.ts';

/** Writes through a store within a time. @returns null when it is kept, else the answer that says it is not known to be. */
export type Keep = (write: (store: IngestStore) => Promise<void>) => Promise<Answer | null>;

/**
 * Makes the one way to the store. A store that fails is said once, and once more when it works again with how often it failed in between: the same failure
 * again is counted, not repeated. What fails after the time may still be kept: senders that send again are told apart by their ids.
 */
export function createKeep(store: IngestStore, { timeoutMs, log }: { readonly timeoutMs: number; readonly log: IngestLog }): Keep {
	let failures = 0;
	return async (write) => {
		const failure = await attempt(() => write(store), timeoutMs);
		if (failure === null) {
			if (failures > 0) log({ level: 'info', event: 'ingest.storage-works', failures });
			failures = 0;
			return null;
		}
		failures += 1;
		if (failures === 1) log({ level: 'error', event: 'ingest.storage-failed', reason: failure });
		// Without Retry-After: SDKs would stop sending for that time, and lose what the next attempt might keep.
		return refuse(503, 'storage', 'it could not be stored: the storage of this server does not answer as it should');
	};
}

/** @returns why it failed, by the name of the error: its message may hold what was to be stored. */
async function attempt(write: () => Promise<void>, timeoutMs: number): Promise<string | null> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<string>((resolve) => {
		timer = setTimeout(() => resolve(`no acknowledgement within ${timeoutMs} ms`), timeoutMs);
	});
	const written = (async () => {
		await write();
		return null;
	})().catch((error: unknown) => nameError(error));
	try {
		return await Promise.race([written, late]);
	} finally {
		clearTimeout(timer);
	}
}

function nameError(error: unknown): string {
	if (!(error instanceof Error)) return 'something that is no error was thrown';
	return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
