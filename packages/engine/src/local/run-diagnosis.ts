/** Diagnoses a service from this machine, for an incident: the issues that its failing monitors belong to, and the monitors' own questions. */
import type { CheckRequest } from '@holdfast/checks/contract';
import { diagnose, planDiagnosis } from '@holdfast/checks/diagnosis';
import { keyOf } from '@holdfast/checks/registry';
import type { Runbook } from '@holdfast/runbook/model';
import type { DiagnoseService } from '../attach/attached-diagnosis.ts';
import { chooseIssues } from '../attach/choose-issues.ts';
import { openMemory } from '../history/remember.ts';
import type { OperationContext } from '../ports.ts';
import { loadBoundRunbook } from '../runbook/load-bound-runbook.ts';
import type { ResolvedService } from '../service/resolve-service.ts';
import { runServiceChecks } from '../service/run-service-checks.ts';

/** Nobody waits at a terminal, but somebody is about to read the message. */
const OVERALL_MS = 15_000;

export function createDiagnoses(ctx: OperationContext, services: ReadonlyMap<string, ResolvedService>): DiagnoseService {
	return async (name, { requests, signal }) => {
		const service = services.get(name);
		if (service === undefined) throw new Error(`expected a service of the configuration, got ${name}`);
		const own = { ...ctx, signal };
		const loaded =
			service.runbookPath === null ? null : await loadBoundRunbook(own, service.runbookPath, { sidecarPath: service.sidecarPath });
		const runbook = loaded?.bound ?? null;
		const issues = runbook === null ? [] : chooseIssues(runbook, requests);
		const asked = listQuestions(runbook, issues, requests);
		const memory = await openMemory(own, { directory: service.homeDirectory, name: service.historyName }, true);
		const startedAtMs = ctx.clock.now();
		const observations = await runServiceChecks(own, {
			target: service.target,
			requests: asked,
			history: memory.reader,
			overallMs: OVERALL_MS,
		});
		const {
			asked: _asked,
			service: _service,
			...verdict
		} = diagnose({
			runbook: runbook ?? NO_RUNBOOK,
			observations,
			issues,
			asked: null,
			service: name,
			...memory.recall(observations),
			startedAt: new Date(startedAtMs).toISOString(),
			durationMs: ctx.clock.now() - startedAtMs,
		});
		await memory.keep(observations);
		return { ...verdict, runbook: loaded?.file.shownPath ?? null };
	};
}

/** A browser is opened only where a failing monitor asks for one: it costs more than all the others together. */
function listQuestions(runbook: Runbook | null, issues: readonly string[], requests: readonly CheckRequest[]): readonly CheckRequest[] {
	const plan = planDiagnosis(runbook ?? NO_RUNBOOK, { issues, also: requests });
	const isWanted = ({ id }: CheckRequest): boolean => !id.startsWith('browser.') || requests.some((request) => request.id === id);
	const seen = new Set<string>();
	// What the catalogue refuses is left out: the document's own problems name it.
	return plan.requests.filter(isWanted).filter(({ id, params }) => {
		const key = keyOf(id, params);
		if (key === null || seen.has(key)) return false;
		seen.add(key);
		return true;
	});
}

const NO_RUNBOOK: Runbook = {
	title: '',
	meta: {},
	sections: [],
	issues: [],
	procedures: [],
	checklists: [],
	contacts: [],
	fences: [],
	commands: [],
	urls: [],
	rollback: false,
	inert: [],
	comments: [],
	owners: [],
	unowned: [],
	lineCount: 0,
};
