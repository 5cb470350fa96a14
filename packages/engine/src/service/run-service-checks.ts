import type { CheckRequest, HistoryReader, Observation, ServiceTarget } from '@holdfast/checks/contract';
import type { UsageProblem } from '@holdfast/checks/run';
import type { TrendReader } from '@holdfast/checks/trend';
import { createMask, listSecrets } from '../evidence/mask-secrets.ts';
import { OperationError, type SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';

/** Longest a diagnosis may take unless said otherwise, in milliseconds (design: 10 s). */
export const OVERALL_MS = 10_000;

/** What a person waiting sees: answers so far. */
export interface CheckProgress {
	readonly answered: number;
	readonly latest: Observation;
}

export interface RunServiceChecksOptions {
	readonly target: ServiceTarget;
	readonly requests: readonly CheckRequest[];
	/** What earlier runs saw. */
	readonly history: HistoryReader;
	/** Figures over time; absent: none. */
	readonly trend?: TrendReader | undefined;
	readonly overallMs?: number | undefined;
	readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
	/** `on-failure`: what is not asked for runs only to explain a failure. `always` when absent. */
	readonly prerequisites?: 'always' | 'on-failure' | undefined;
	/** `diagnosis` when absent: somebody waits. */
	readonly purpose?: 'diagnosis' | 'monitor' | undefined;
}

/** Runs checks against a service under one deadline. @throws OperationError `invalid` with all wrong ids and parameters. */
export async function runServiceChecks(ctx: OperationContext, options: RunServiceChecksOptions): Promise<readonly Observation[]> {
	const attempt = await tryChecks(ctx, options);
	if (attempt.ok) return attempt.observations;
	throw new OperationError('invalid', 'Nothing was checked.', { problems: attempt.problems.map(toSourceProblem) });
}

/** As `runServiceChecks`, but wrong requests are left out and reported: at night the rest of the answer counts. */
export async function runValidChecks(
	ctx: OperationContext,
	options: RunServiceChecksOptions,
): Promise<{ readonly observations: readonly Observation[]; readonly refused: readonly SourceProblem[] }> {
	const { keyOf } = await import('@holdfast/checks/registry');
	const wrong = options.requests.filter(({ id, params }) => keyOf(id, params) === null);
	const valid = options.requests.filter((request) => !wrong.includes(request));
	// Asked for wrongly, nothing is run: this gives the words for what is wrong.
	const refusal = wrong.length === 0 ? null : await tryChecks(ctx, { ...options, requests: wrong });
	const observations = await runServiceChecks(ctx, { ...options, requests: valid });
	return { observations, refused: refusal === null || refusal.ok ? [] : refusal.problems.map(toSourceProblem) };
}

type Attempt =
	| { readonly ok: true; readonly observations: readonly Observation[] }
	| { readonly ok: false; readonly problems: readonly UsageProblem[] };

let loaded: Promise<typeof import('@holdfast/checks/run')> | undefined;
const masks = new WeakMap<ServiceTarget, ReturnType<typeof createMask>>();

/** Once for each target: a monitor asks of the same one all the time. */
function maskOf(target: ServiceTarget): ReturnType<typeof createMask> {
	const known = masks.get(target);
	if (known !== undefined) return known;
	const mask = createMask(listSecrets(target));
	masks.set(target, mask);
	return mask;
}

async function tryChecks(ctx: OperationContext, options: RunServiceChecksOptions): Promise<Attempt> {
	loaded ??= import('@holdfast/checks/run');
	const [{ runChecks, CheckUsageError }, vendors] = await Promise.all([loaded, ctx.vendors()]);
	// Before anybody sees an answer: what it is printed, remembered or gathered from holds no secret, also where an application echoes one.
	const mask = maskOf(options.target);
	let answered = 0;
	try {
		const observations = await runChecks({
			service: options.target,
			requests: options.requests,
			vendors,
			history: options.history,
			overallMs: options.overallMs ?? OVERALL_MS,
			signal: ctx.signal,
			...(options.trend === undefined ? {} : { trend: options.trend }),
			...(options.purpose === undefined ? {} : { purpose: options.purpose }),
			...(options.prerequisites === undefined ? {} : { prerequisites: options.prerequisites }),
			now: () => ctx.clock.now(),
			onObservation: (latest) => {
				answered += 1;
				options.onProgress?.({ answered, latest: mask(latest) });
			},
		});
		return { ok: true, observations: mask(observations) };
	} catch (error) {
		if (error instanceof CheckUsageError) return { ok: false, problems: error.problems };
		throw error;
	}
}

function toSourceProblem({ message, hint }: UsageProblem): SourceProblem {
	return { file: null, line: null, column: null, message, hint };
}
