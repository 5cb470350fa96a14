import type { CheckRequest, Observation } from '@holdfast/checks/contract';
import { openMemory } from '../../history/remember.ts';
import type { OperationContext } from '../../ports.ts';
import { listGeneralRequests } from '../../service/general-requests.ts';
import { type ResolvedService, resolveService, type ServiceSelection } from '../../service/resolve-service.ts';
import { type CheckProgress, runServiceChecks } from '../../service/run-service-checks.ts';

export interface RunChecksInput extends ServiceSelection {
	/** Empty: every check that needs no parameter. */
	readonly requests: readonly CheckRequest[];
	readonly overallMs?: number | undefined;
	/** False: nothing is remembered, neither read nor written. */
	readonly history?: boolean | undefined;
	readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
}

export interface CheckReport {
	readonly service: { readonly name: string; readonly url: string };
	readonly observations: readonly Observation[];
	/** Ids that were asked for, without the prerequisites that came along. */
	readonly asked: readonly string[];
	readonly startedAt: string;
	readonly durationMs: number;
	/** What could not be remembered, and why. */
	readonly warnings: readonly string[];
}

/** Asks checks of a service. Without a runbook and without a configuration a URL is enough. @throws OperationError */
export async function runServiceCheck(ctx: OperationContext, input: RunChecksInput): Promise<CheckReport> {
	const { target, homeDirectory, historyName }: ResolvedService = await resolveService(ctx, input);
	const requests = input.requests.length > 0 ? input.requests : await listGeneralRequests();
	const memory = await openMemory(ctx, { directory: homeDirectory, name: historyName }, input.history ?? true);
	const startedAtMs = ctx.clock.now();
	const { overallMs, onProgress } = input;
	const observations = await runServiceChecks(ctx, { target, requests, overallMs, history: memory.reader, onProgress });
	const warnings = await memory.keep(observations);
	return {
		service: { name: target.name, url: target.url },
		observations,
		asked: requests.map(({ id }) => id),
		startedAt: new Date(startedAtMs).toISOString(),
		durationMs: ctx.clock.now() - startedAtMs,
		warnings,
	};
}
