/** Bounds of the server. Times in milliseconds. */
export interface IngestSettings {
	/** Until the headers are there: who sends them byte by byte is cut off. */
	readonly headersTimeoutMs: number;
	/** Until the whole request is there. */
	readonly requestTimeoutMs: number;
	/** How long a connection may be idle; longer than the SDKs keep theirs. */
	readonly keepAliveTimeoutMs: number;
	/** How often connections are looked over for the first two. */
	readonly checkIntervalMs: number;
	readonly maxConnections: number;
	/** Bodies held in memory at once. */
	readonly bufferBytes: number;
	/** Decompressions at once: as many as Node.js has threads for them. */
	readonly decompressions: number;
	/** Until what the store was given counts as not kept. */
	readonly storeTimeoutMs: number;
	/** How long a sender may go on after it was refused, so that it reads the answer before the connection goes. */
	readonly lingerMs: number;
	/** How long requests may take to end after `close`. */
	readonly closeTimeoutMs: number;
}

export const INGEST_SETTINGS: IngestSettings = {
	headersTimeoutMs: 10_000,
	requestTimeoutMs: 30_000,
	keepAliveTimeoutMs: 20_000,
	checkIntervalMs: 2_000,
	maxConnections: 2_000,
	bufferBytes: 128 * 1024 * 1024,
	decompressions: 4,
	storeTimeoutMs: 10_000,
	lingerMs: 3_000,
	closeTimeoutMs: 10_000,
};
