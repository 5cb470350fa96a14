/** What is to be watched of every service of a configuration, before anything is written: all problems at once. */
import type { Config } from '../config/schema.ts';
import { type MonitorPlan, planMonitors } from '../monitors/decide.ts';
import { planObjectives, type WantedObjective } from '../objectives/plan.ts';
import { OperationError, type SourceProblem } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { loadBoundRunbook } from '../runbook/load-bound-runbook.ts';
import type { ResolvedService } from '../service/resolve-service.ts';

export interface PlanOptions {
	readonly services: ReadonlyMap<string, ResolvedService>;
	readonly config: Config;
	readonly file: string;
	readonly say: (sentence: string) => void;
}

export interface ServicePlan extends MonitorPlan {
	readonly objectives: readonly WantedObjective[];
}

/** @throws OperationError with what is wrong in `monitors:` and `objectives:` */
export async function planServices(
	ctx: OperationContext,
	{ services, config, file, say }: PlanOptions,
): Promise<ReadonlyMap<string, ServicePlan>> {
	const plans = new Map<string, ServicePlan>();
	const problems: SourceProblem[] = [];
	for (const [name, { runbookPath, sidecarPath }] of services) {
		const bound = runbookPath === null ? null : await loadBoundRunbook(ctx, runbookPath, { sidecarPath });
		// A wrong directive keeps the rest from being watched as little as from being diagnosed.
		if (bound !== null && bound.problems.length > 0)
			say(`${bound.file.shownPath}: ${bound.problems.length} directives are wrong and left out; holdfast runbook lint shows them.`);
		const plan = planMonitors(bound?.bound ?? null, config.services[name]?.monitors ?? {}, file);
		const promised = planObjectives(bound?.bound ?? null, config.services[name]?.objectives ?? {}, file);
		plans.set(name, { ...plan, objectives: promised.wanted });
		problems.push(...plan.problems, ...promised.problems);
	}
	refuseProblems(problems, 'with what is to be watched');
	return plans;
}

/** @throws OperationError `invalid` when there are any */
export function refuseProblems(problems: readonly SourceProblem[], what: string): void {
	if (problems.length === 0) return;
	throw new OperationError('invalid', `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} ${what}`, { problems });
}
