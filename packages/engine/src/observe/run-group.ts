/** Asks a group's questions. Never rejects, and answers for each monitor exactly once, in time, whatever the checks do. */
import type { Observation } from '@holdfast/checks/contract';
import { findCheck } from '@holdfast/checks/registry';
import type { RunChecks } from './check-run.ts';
import type { Group } from './group-runs.ts';
import { type Sample, sampleOf, unansweredSample } from './sample.ts';

/** Made once: an abort without a reason makes an error with a stack each time. */
const ENDED = new DOMException('The run has ended', 'AbortError');

export interface RunGroupOptions {
	readonly runChecks: RunChecks;
	/** Milliseconds since the epoch by the clock of the database. */
	readonly clock: () => number;
	readonly signal: AbortSignal;
	readonly deliver: (sample: Sample) => void;
}

export async function runGroup(group: Group, { runChecks, clock, signal, deliver }: RunGroupOptions): Promise<void> {
	const startedAt = clock();
	const waiting = new Map(group.monitors.map((monitor) => [monitor.key, monitor]));
	const answer = (observation: Observation, cause: Sample['cause']): void => {
		const monitor = waiting.get(observation.key);
		// A prerequisite that came along, or an answer after it was given up.
		if (monitor === undefined) return;
		waiting.delete(observation.key);
		deliver(sampleOf(observation, { monitorId: monitor.id, at: startedAt, cause }));
	};
	const giveUp = (reason: string): void => {
		for (const [key, monitor] of waiting) {
			waiting.delete(key);
			deliver(unansweredSample(monitor.id, startedAt, { reason, durationMs: Math.max(0, clock() - startedAt) }));
		}
	};
	const stop = new AbortController();
	const end = (): void => stop.abort(ENDED);
	signal.addEventListener('abort', end, { once: true });
	if (signal.aborted) end();
	let hasEnded = false;
	let timer: NodeJS.Timeout | undefined;
	const overdue = new Promise<'overdue'>((resolve) => {
		timer = setTimeout(() => resolve('overdue'), group.deadlineMs);
	});
	try {
		const run = runChecks({
			service: group.service,
			requests: group.monitors.map(({ key, checkId, params }) => ({ key, id: checkId, params })),
			overallMs: group.deadlineMs,
			signal: stop.signal,
			// What explains a failure is known at the end; everything else need not wait for the slowest.
			onObservation: (observation) => {
				if (observation.state !== 'fail') answer(observation, null);
			},
		});
		const ended = await Promise.race([run, overdue]);
		hasEnded = ended !== 'overdue';
		if (ended === 'overdue') return giveUp(`did not end within ${Math.round(group.deadlineMs / 1000)} s`);
		for (const observation of ended) answer(observation, findCause(observation, ended));
		giveUp('the question was not answered');
	} catch (error) {
		// The words of an unforeseen error may hold anything.
		giveUp(`could not be asked (${error instanceof Error ? error.name : typeof error})`);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', end);
		// What ended by itself has nothing left to stop.
		if (!hasEnded) end();
	}
}

function findCause({ echoOf }: Observation, all: readonly Observation[]): Sample['cause'] {
	const root = echoOf === null ? undefined : all.find(({ key }) => key === echoOf);
	return root === undefined ? null : { key: root.key, title: findCheck(root.check)?.title ?? root.check };
}
