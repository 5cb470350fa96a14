/**
 * Tells an outside URL that this engine is alive: a dead man's switch. Whoever waits there notices when Holdfast, its machine or its
 * network is gone, which Holdfast itself cannot tell. Nothing is sent while nobody watches (`decide.ts`).
 */
import { type Loop, startLoop } from '../duty/create-loop.ts';
import type { EngineStats } from '../engine.ts';
import type { Log } from '../log.ts';
import { readRecordSnapshot } from '../metrics/queries.ts';
import type { Database } from '../storage/open-database.ts';
import { decideBeat } from './decide.ts';

export interface HeartbeatOptions {
	readonly database: Database;
	readonly stats: () => EngineStats;
	readonly everyMs: number;
	/** Sends one beat. @throws {Error} in words without the URL, which is a secret: whoever has it can keep the switch quiet */
	readonly send: (signal: AbortSignal) => Promise<void>;
	readonly log: Log;
	readonly elapsed: () => number;
}

const TIMEOUT_MS = 10_000;
/** A switch that cannot be reached is told at once, and then no more often than this. */
const TELL_AGAIN_MS = 3_600_000;

/** Begins at once; the first beat goes out when something was stored. */
export function startHeartbeat({ database, stats, everyMs, send, log, elapsed }: HeartbeatOptions): Loop {
	const startedAt = elapsed();
	let seen = { checks: 0, at: null as number | null };
	let told: { readonly reason: string; readonly at: number } | null = null;

	const tell = (event: string, reason: string): void => {
		if (told !== null && told.reason === reason && elapsed() - told.at < TELL_AGAIN_MS) return;
		told = { reason, at: elapsed() };
		log({ event, level: 'warn', reason });
	};
	const beat = async (): Promise<void> => {
		const now = elapsed();
		const { checks } = stats();
		const snapshot = await readRecordSnapshot(database).catch(() => null);
		const hasWork = (snapshot?.oldestOverdueMs ?? 1) > 0;
		if (checks > seen.checks || (snapshot !== null && !hasWork)) seen = { checks, at: now };
		const decision = decideBeat({
			isDatabaseUp: snapshot !== null,
			idleMs: seen.at === null ? null : now - seen.at,
			upMs: now - startedAt,
			oldestOverdueMs: snapshot?.oldestOverdueMs ?? 0,
		});
		if (decision.kind === 'silent') return tell('heartbeat.silent', decision.reason);
		try {
			await send(AbortSignal.timeout(TIMEOUT_MS));
		} catch (error) {
			return tell('heartbeat.failed', error instanceof Error ? error.message : String(error));
		}
		if (told !== null) log({ event: 'heartbeat.sent', level: 'info', reason: 'it gets through again' });
		told = null;
	};
	const options = { name: 'heartbeat', everyMs, spread: 0, timeoutMs: TIMEOUT_MS + 10_000, log, elapsed };
	return startLoop({ ...options, work: async () => await beat().then(() => false) });
}
