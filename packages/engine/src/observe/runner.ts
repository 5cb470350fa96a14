/** Runs claimed monitors at their own time, so many at once; a run that hangs takes its place until its deadline, and no other. */
import { setMaxListeners } from 'node:events';
import type { DueBatch } from '../schedule/work.ts';
import type { RunChecks } from './check-run.ts';
import { type Group, groupRuns } from './group-runs.ts';
import { runGroup } from './run-group.ts';
import type { Sample } from './sample.ts';

export interface RunnerOptions {
	readonly runChecks: RunChecks;
	/** Runs at once. */
	readonly concurrency: number;
	/** Milliseconds from any fixed moment; never goes back. */
	readonly elapsed: () => number;
	readonly deliver: (sample: Sample) => void;
}

export interface Runner {
	readonly start: (batch: DueBatch) => void;
	/** Monitors that are claimed and not answered, for so long at least: their leases are to be renewed. */
	readonly held: (forMs?: number) => readonly number[];
	/** How many more may be claimed. */
	readonly room: () => number;
	/** Nothing new is begun. @returns ids that were not begun, once what runs has ended or was given up */
	readonly stop: (withinMs: number) => Promise<readonly number[]>;
}

export function createRunner({ runChecks, concurrency, elapsed, deliver }: RunnerOptions): Runner {
	const stopping = new AbortController();
	// Each run listens to it; Node takes more than ten listeners for a leak.
	setMaxListeners(0, stopping.signal);
	/** When it was claimed. */
	const held = new Map<number, number>();
	const timers = new Map<NodeJS.Timeout, Group>();
	const queue: { readonly group: Group; readonly clock: () => number }[] = [];
	const running = new Set<Promise<void>>();

	const begin = (): void => {
		while (running.size < concurrency && !stopping.signal.aborted) {
			const next = queue.shift();
			if (next === undefined) return;
			const run = runGroup(next.group, {
				runChecks,
				clock: next.clock,
				signal: stopping.signal,
				deliver: (sample) => {
					held.delete(sample.monitorId);
					// What was cut short says nothing of the service: its claim is given back.
					if (!stopping.signal.aborted) deliver(sample);
				},
			}).finally(() => {
				running.delete(run);
				begin();
			});
			running.add(run);
		}
	};

	return {
		start: ({ now, claimed }) => {
			const base = now - elapsed();
			const clock = (): number => base + elapsed();
			for (const { id } of claimed) held.set(id, elapsed());
			for (const group of groupRuns(claimed, now)) {
				const timer = setTimeout(
					() => {
						timers.delete(timer);
						queue.push({ group, clock });
						begin();
					},
					Math.max(0, group.startAt - clock()),
				);
				timers.set(timer, group);
			}
		},
		held: (forMs = 0) => {
			const since = elapsed() - forMs;
			return [...held].filter(([, claimedAt]) => claimedAt <= since).map(([id]) => id);
		},
		// What waits counts: claiming more than can be begun would keep it from other engines. Three seconds' worth at five hundred a second fits.
		room: () => Math.max(0, concurrency * 24 - held.size),
		stop: async (withinMs) => {
			const waiting = [...timers.values(), ...queue.map(({ group }) => group)];
			for (const timer of timers.keys()) clearTimeout(timer);
			timers.clear();
			queue.length = 0;
			let timer: NodeJS.Timeout | undefined;
			const patience = new Promise<void>((resolve) => {
				timer = setTimeout(resolve, withinMs);
			});
			await Promise.race([Promise.all(running), patience]);
			clearTimeout(timer);
			stopping.abort();
			const left = waiting.flatMap(({ monitors }) => monitors.map(({ id }) => id));
			for (const id of left) held.delete(id);
			return left;
		},
	};
}
