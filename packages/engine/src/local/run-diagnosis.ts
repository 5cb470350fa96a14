/** Makes the diagnosis of an incident from this machine: every issue of the service's runbook, and the questions that fail. */
import { type Diagnosis, findTraits, type RootCause } from '@holdfast/checks/diagnosis';
import type { Diagnose, StoredDiagnosis, ToldRoot } from '../attach/diagnose-port.ts';
import { createMask, listSecrets } from '../evidence/mask-secrets.ts';
import { diagnoseService } from '../operations/diagnosis/diagnose.ts';
import type { OperationContext } from '../ports.ts';
import type { ResolvedService } from '../service/resolve-service.ts';

const MOST_PROOFS = 4;
const MOST_STEPS = 3;

/** @param config path of the configuration that the services are of */
export function createDiagnosis(ctx: OperationContext, services: ReadonlyMap<string, ResolvedService>, config: string): Diagnose {
	return async ({ service, failing, signal }) => {
		const target = services.get(service)?.target;
		if (target === undefined) throw new Error(`expected a service of the configuration, got ${service}`);
		const report = await diagnoseService(
			{ ...ctx, signal },
			{
				config,
				service,
				also: failing.map(({ id, params }) => ({ id, params })),
				// A walk in a browser takes longer than all the rest; it is made where a browser saw the failure.
				browser: failing.some(({ id }) => id.startsWith('browser.')),
			},
		);
		return createMask(listSecrets(target))(summarise(report.diagnosis, report.runbook));
	};
}

/** What is kept of a diagnosis with an incident. */
export function summarise(diagnosis: Diagnosis, runbook: string): StoredDiagnosis {
	const { issues, observations, roots, startedAt, durationMs } = diagnosis;
	const steps = issues.filter(({ state }) => state === 'failing').flatMap(({ next }) => (next === null ? [] : [next]));
	return {
		at: startedAt,
		runbook,
		durationMs,
		asked: observations.length,
		unknown: observations.filter(({ state, applicable }) => state === 'unknown' && applicable !== false).length,
		roots: roots.filter((root) => !isCircumstantial(root, diagnosis)).map((root) => tellRoot(root, diagnosis)),
		next: steps.slice(0, MOST_STEPS).map(({ line, text, fix }) => ({ line, text, fix })),
	};
}

/** What speaks of the past, or of somebody else's house, is no incident's cause. */
function isCircumstantial({ observation }: RootCause, { observations }: Diagnosis): boolean {
	const shown = observations.find(({ key }) => key === observation);
	return shown !== undefined && findTraits(shown.check).circumstantial;
}

function tellRoot(root: RootCause, { observations }: Diagnosis): ToldRoot {
	const explains = [root.observation, ...root.echoes];
	const proof = explains.flatMap((key) => observations.filter((one) => one.key === key).map(({ reason }) => `${key}: ${reason}`));
	const more = proof.length - MOST_PROOFS;
	const shown = observations.find(({ key }) => key === root.observation);
	return {
		...(shown === undefined ? {} : { shown: { ...shown, evidence: [], attachments: [], facts: [], measurements: [], phases: [] } }),
		key: root.observation,
		message: root.message,
		explains,
		fix: root.fix,
		cause: root.causes[0] ?? null,
		proof: [...proof.slice(0, MOST_PROOFS), ...(more > 0 ? [`${more} more fail as a consequence`] : [])],
		changes: (root.changes ?? []).map(
			({ name, at, from, to }) => `${name} changed at ${at}${from === undefined || to === undefined ? '' : ` from ${from} to ${to}`}`,
		),
	};
}
