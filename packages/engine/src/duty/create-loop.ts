/** A duty that is done again and again: never twice at once in this process unless it overran its time, and never ended by an error. */
import type { Log } from '../log.ts';

export interface LoopOptions {
	/** `observe.flush` */
	readonly name: string;
	readonly everyMs: number;
	/** After this it is reported and begun anew; what hung goes on and may end. */
	readonly timeoutMs: number;
	/** @returns true: there is more, begin again at once */
	readonly work: () => Promise<boolean>;
	readonly log: Log;
	readonly elapsed: () => number;
}

export interface Loop {
	/** Begins now, without waiting for the next turn. */
	readonly kick: () => void;
	/** Resolves when what is under way has ended or overrun. */
	readonly stop: () => Promise<void>;
	/** How many turns failed. */
	readonly failures: () => number;
}

/** The same failure is told again after this, with how often it came. */
const TELL_AGAIN_MS = 60_000;

export function startLoop({ name, everyMs, timeoutMs, work, log, elapsed }: LoopOptions): Loop {
	let timer: NodeJS.Timeout | null = null;
	let underWay: Promise<void> | null = null;
	let isKicked = false;
	let isStopped = false;
	let failures = 0;
	let told: { readonly reason: string; readonly at: number; count: number } | null = null;

	const report = (reason: string): void => {
		failures += 1;
		if (told !== null && told.reason === reason && elapsed() - told.at < TELL_AGAIN_MS) {
			told.count += 1;
			return;
		}
		log({ event: 'duty.failed', level: 'warn', duty: name, reason, before: told?.reason === reason ? told.count : 0 });
		told = { reason, at: elapsed(), count: 0 };
	};
	const turn = async (): Promise<void> => {
		let limit: NodeJS.Timeout | undefined;
		const overdue = new Promise<'overdue'>((resolve) => {
			limit = setTimeout(() => resolve('overdue'), timeoutMs);
		});
		let more = false;
		try {
			const ended = await Promise.race([work(), overdue]);
			if (ended === 'overdue') report(`did not end within ${timeoutMs / 1000} s`);
			else more = ended;
			if (ended !== 'overdue' && told !== null) {
				log({ event: 'duty.recovered', level: 'info', duty: name, failures: told.count + 1 });
				told = null;
			}
		} catch (error) {
			report(describe(error));
		} finally {
			clearTimeout(limit);
		}
		underWay = null;
		if (!isStopped) plan(more || isKicked ? 0 : everyMs);
	};
	const plan = (inMs: number): void => {
		if (timer !== null) clearTimeout(timer);
		timer = setTimeout(() => {
			timer = null;
			isKicked = false;
			underWay = turn();
		}, inMs);
	};
	plan(0);
	return {
		kick: () => {
			isKicked = true;
			if (underWay === null && !isStopped) plan(0);
		},
		stop: async () => {
			isStopped = true;
			if (timer !== null) clearTimeout(timer);
			timer = null;
			await underWay;
		},
		failures: () => failures,
	};
}

/** An AggregateError of Node's has no message where several addresses refused. */
function describe(error: unknown): string {
	const { message, code } = error as { readonly message?: string; readonly code?: string };
	return (message || code || 'an error without words').slice(0, 300);
}
