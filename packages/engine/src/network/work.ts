/**
 * Looks at what samples say of the network, and tells whose samples say nothing because Holdfast itself is cut off. Guarantee: a loss is
 * logged and kept once when it begins and once when it ends; services on this machine are never excused by it.
 */
import type { Log } from '../log.ts';
import type { Sample } from '../observe/sample.ts';
import type { Database } from '../storage/open-database.ts';
import { decideNetwork, type HostView, isInDoubt } from './decide.ts';
import { closeLosses, insertLoss } from './queries.ts';

export interface SeenSample {
	readonly service: string;
	readonly sample: Pick<Sample, 'state' | 'isUnreached'>;
}

/** @returns services whose bad samples say nothing */
export type FindCutOff = (seen: readonly SeenSample[]) => Promise<ReadonlySet<string>>;

export interface NetworkWatchOptions {
	/** By service; null: it is on this machine. */
	readonly hosts: ReadonlyMap<string, string | null>;
	readonly hasAddress: () => boolean;
	/** Whether one of the references is reached; null: there are none. */
	readonly askOutside: (() => Promise<boolean>) | null;
	readonly elapsed: () => number;
	readonly log: Log;
	/** UUID of the engine. */
	readonly engine: string;
}

/** What the references said holds so long. */
const ASK_EVERY_MS = 5000;

export function createNetworkWatch(database: Database, options: NetworkWatchOptions): FindCutOff {
	const { hosts, hasAddress, askOutside, elapsed, log, engine } = options;
	const views = new Map<string, HostView>();
	for (const host of hosts.values()) if (host !== null) views.set(host, { host, reachedAt: null, unreachedAt: null });
	const outward = new Set([...hosts].flatMap(([service, host]) => (host === null ? [] : [service])));
	let isCutOff = false;
	let asked: { readonly at: number; readonly reached: boolean } | null = null;

	const note = (seen: readonly SeenSample[], now: number): void => {
		for (const { service, sample } of seen) {
			const view = views.get(hosts.get(service) ?? '');
			if (view === undefined) continue;
			if (sample.isUnreached === true) views.set(view.host, { ...view, unreachedAt: now });
			else if (sample.state === 'ok' || sample.state === 'warn') views.set(view.host, { ...view, reachedAt: now });
		}
	};
	const ask = async (now: number): Promise<boolean | null> => {
		if (askOutside === null) return null;
		if (asked === null || now - asked.at >= ASK_EVERY_MS) asked = { at: now, reached: await askOutside() };
		return asked.reached;
	};
	const tell = async (next: boolean, reason: string): Promise<void> => {
		isCutOff = next;
		log({ event: next ? 'network.lost' : 'network.back', level: 'warn', reason });
		const now = await database.now();
		if (next) await insertLoss(database.pool, { engine, now, reason });
		else await closeLosses(database.pool, engine, now);
	};
	return async (seen) => {
		const now = elapsed();
		note(seen, now);
		const present = { hasAddress: hasAddress(), hosts: [...views.values()] };
		const isOutsideReached = isInDoubt(present, now) ? await ask(now) : null;
		const { isCutOff: next, reason } = decideNetwork({ ...present, isOutsideReached }, now);
		// Only services elsewhere are concerned: with none there is nothing to lose.
		if (outward.size > 0 && next !== isCutOff) await tell(next, reason);
		return next ? outward : new Set();
	};
}
