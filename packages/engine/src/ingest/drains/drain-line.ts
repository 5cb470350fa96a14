/** One line of a log, whoever sent it. */
export interface DrainLine {
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly level: DrainLevel;
	/** Scrubbed; at most 32,768 characters. */
	readonly message: string;
	/** Part that wrote it: `lambda`, `edge`, `build` of Vercel; logger or service elsewhere. Null when it is not said. */
	readonly source: string | null;
	readonly requestId: string | null;
	readonly traceId: string | null;
	readonly method: string | null;
	/** Without query. */
	readonly path: string | null;
	/** Status of the answer; null when it is not said, or when the function ended without one. */
	readonly status: number | null;
	readonly durationMs: number | null;
	readonly host: string | null;
	readonly environment: string | null;
	readonly release: string | null;
	readonly deploymentId: string | null;
	/** The sender's own id of the line: the same one sent twice is one. */
	readonly id: string | null;
}

export type DrainLevel = 'trace' | 'debug' | 'info' | 'warning' | 'error' | 'fatal';

export type DrainReading =
	| { readonly ok: true; readonly lines: readonly DrainLine[]; readonly malformedCount: number }
	| { readonly ok: false; readonly detail: string };

/** Lines of one delivery; more are counted as malformed. */
export const MAX_LINES = 10_000;
export const MAX_MESSAGE = 32_768;
/** Bytes of one line before it is read as JSON. */
export const MAX_LINE_BYTES = 1024 * 1024;

const WORDS: Readonly<Record<string, DrainLevel>> = {
	trace: 'trace',
	verbose: 'trace',
	silly: 'trace',
	debug: 'debug',
	info: 'info',
	information: 'info',
	informational: 'info',
	notice: 'info',
	log: 'info',
	warn: 'warning',
	warning: 'warning',
	error: 'error',
	err: 'error',
	stderr: 'error',
	fatal: 'fatal',
	critical: 'fatal',
	crit: 'fatal',
	alert: 'fatal',
	emergency: 'fatal',
	emerg: 'fatal',
	panic: 'fatal',
};

/** A level in words, or as a number of pino and bunyan (10 trace to 60 fatal); null when it is neither. */
export function readDrainLevel(value: unknown): DrainLevel | null {
	if (typeof value === 'string') {
		const word = value.trim().toLowerCase();
		return Object.hasOwn(WORDS, word) ? (WORDS[word] ?? null) : null;
	}
	if (typeof value !== 'number' || !(value >= 10 && value <= 60)) return null;
	const steps: readonly DrainLevel[] = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'];
	return steps[Math.min(5, Math.floor(value / 10) - 1)] ?? null;
}
