import type { CheckRequest, Observation } from '@holdfast/checks/contract';
import { openMemory } from '../../history/remember.ts';
import type { OperationContext } from '../../ports.ts';
import { listGeneralRequests } from '../../service/general-requests.ts';
import { resolveService, type ServiceSelection } from '../../service/resolve-service.ts';
import { type CheckProgress, runServiceChecks } from '../../service/run-service-checks.ts';

export interface RunChecksInput extends ServiceSelection {
	/** Empty: every check that needs no parameter. */
	readonly requests: readonly CheckRequest[];
	/** False: nothing is remembered of earlier runs nor written for later ones. */
	readonly history?: boolean | undefined;
	readonly overallMs?: number | undefined;
	readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
}

export interface CheckReport {
	readonly service: { readonly name: string; readonly url: string };
	readonly observations: readonly Observation[];
	/** Ids that were asked for, without the prerequisites that came along. */
	readonly asked: readonly string[];
	/** Why this run could not be remembered; empty when it was, or was not to be. */
	readonly notes: readonly string[];
	readonly startedAt: string;
	readonly durationMs: number;
}

/** Asks checks of a service. Without a runbook and without a configuration a URL is enough. @throws OperationError */
export async function runServiceCheck(ctx: OperationContext, input: RunChecksInput): Promise<CheckReport> {
	const { target, homeDirectory, historyName } = await resolveService(ctx, input);
	const requests = input.requests.length > 0 ? input.requests : await listGeneralRequests();
	const memory = await openMemory(ctx, { directory: homeDirectory, name: historyName }, input.history ?? true);
	const startedAtMs = ctx.clock.now();
	const observations = await runServiceChecks(ctx, {
		target,
		requests,
		history: memory.reader,
		trend: ctx.trends?.({ directory: homeDirectory, name: historyName }),
		overallMs: input.overallMs,
		onProgress: input.onProgress,
	});
	const durationMs = ctx.clock.now() - startedAtMs;
	return {
		service: { name: target.name, url: target.url },
		observations,
		asked: requests.map(({ id }) => id),
		notes: await memory.keep(observations),
		startedAt: new Date(startedAtMs).toISOString(),
		durationMs,
	};
}
