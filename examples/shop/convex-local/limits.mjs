/** Limits of a deployment of class S16, as documented in August 2026 (docs/production/state/limits.mdx of get-convex/convex-backend). */

const MIB = 1024 * 1024;

/** Of one query or mutation. */
export const transactionLimits = {
	documentsRead: 32_000,
	bytesRead: 16 * MIB,
	/** Index ranges, `db.get` among them. */
	reads: 4096,
	documentsWritten: 16_000,
	bytesWritten: 16 * MIB,
	functionsScheduled: 1000,
};

export const documentBytes = MIB;
export const bodyBytes = 16 * MIB;
/** What all mutations together may write within one second. */
export const writtenBytesPerSecond = 4 * MIB;
/** Functions at the same time, as multiples of the class (16): actions and HTTP actions run 64 at a time. */
export const concurrencyFactors = { Query: 1, Mutation: 1, Action: 4, HttpAction: 4 };
/** How long a call waits for a free place, in milliseconds. */
export const permitTimeoutMs = 5000;
/** Of console output: bytes of one line, lines of one function. */
export const logLineBytes = 4096;
export const logLinesOfFunction = 256;
/** Executions that the log keeps. */
export const logEntries = 1000;
/** Operations of one sync socket that wait, or run at the same time. */
export const socketOperations = 1000;
