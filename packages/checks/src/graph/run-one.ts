/** Runs one check to an observation, whatever it does: throw, hang, or answer. */
import type { CheckContext, Observation, Outcome } from '../contract.ts';
import { redactText } from '../probe/redact.ts';
import { formatSeconds } from '../probe/translate-error.ts';
import type { PlannedCheck } from './plan-graph.ts';

export interface RunOneOptions {
	readonly context: Omit<CheckContext, 'signal' | 'leftMs'>;
	/** Aborts at the overall deadline, and when the caller stops. */
	readonly overall: AbortSignal;
	/** The caller's own, which tells the two apart. */
	readonly caller: AbortSignal | undefined;
	/** Milliseconds left for the whole run. */
	readonly overallMs: number;
}

/** Why a check's signal aborts: nobody asks further than that it did. */
export const ENDED = new DOMException('The check has ended', 'AbortError');

/** Never rejects. A check that overruns or throws is `unknown`, never `fail`: it says nothing about the service. */
export async function runOne(planned: PlannedCheck, options: RunOneOptions): Promise<Observation> {
	const { check, params } = planned;
	const limitMs = Math.min(check.deadlineMs, options.overallMs);
	const startedAt = options.context.now();
	const startedTick = performance.now();
	const stop = new AbortController();
	const { signal } = stop;
	// By hand: AbortSignal.any costs many times as much, and each abort without a reason makes an error with a stack.
	const end = (): void => stop.abort(ENDED);
	options.overall.addEventListener('abort', end, { once: true });
	if (options.overall.aborted) end();
	const timer = setTimeout(end, limitMs);
	const leftMs = (): number => limitMs - (performance.now() - startedTick);
	let outcome: Outcome;
	try {
		outcome = await Promise.race([check.run({ ...options.context, signal, leftMs }, params), whenAborted(signal)]);
		if (outcome.state !== 'unknown' || !signal.aborted) return complete(outcome);
		return complete(describeStop());
	} catch (error) {
		if (signal.aborted) return complete(describeStop());
		return complete(describeBug(error));
	} finally {
		clearTimeout(timer);
		options.overall.removeEventListener('abort', end);
		end();
	}

	function describeStop(): Outcome {
		if (options.caller?.aborted === true)
			return { state: 'unknown', reason: 'Stopped before it could answer', enable: `holdfast check ${planned.key}` };
		return {
			state: 'unknown',
			reason: `Did not finish within ${formatSeconds(limitMs)}`,
			enable: `give it more time: holdfast check ${planned.key} --overall ${Math.ceil((limitMs * 3) / 1000)}s`,
		};
	}

	function complete(given: Outcome): Observation {
		return {
			check: check.id,
			key: planned.key,
			params,
			state: given.state,
			reason: redactText(given.reason),
			// An unknown always says what would make it known; where the check has nothing better, its help does.
			enable: given.enable ?? (given.state === 'unknown' ? `holdfast help ${check.id}` : null),
			applicable: given.applicable ?? true,
			findings: given.findings ?? [],
			evidence: given.evidence ?? [],
			measurements: given.measurements ?? [],
			phases: given.phases ?? [],
			attachments: given.attachments ?? [],
			facts: given.facts ?? [],
			subject: given.subject ?? options.context.service.url,
			startedAt: new Date(startedAt).toISOString(),
			durationMs: Math.round((performance.now() - startedTick) * 10) / 10,
			echoOf: null,
		};
	}
}

function whenAborted(signal: AbortSignal): Promise<Outcome> {
	return new Promise((resolve) => {
		const give = (): void => resolve({ state: 'unknown', reason: 'Stopped' });
		if (signal.aborted) give();
		else signal.addEventListener('abort', give, { once: true });
	});
}

/** The message of an unforeseen error may hold anything: only its kind and a redacted beginning are shown. */
function describeBug(error: unknown): Outcome {
	const what = error instanceof Error ? `${error.name}: ${redactText(error.message).slice(0, 160)}` : `a thrown ${typeof error}`;
	return {
		state: 'unknown',
		reason: `The check itself broke (${what})`,
		enable: 'report this: it is a fault of Holdfast, not of the service',
	};
}
