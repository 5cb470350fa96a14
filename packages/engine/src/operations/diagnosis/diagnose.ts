import type { CheckRequest } from '@holdfast/checks/contract';
import type { Diagnosis, MatchedLine, SymptomMatch, UnboundLine } from '@holdfast/checks/diagnosis';
import { openMemory } from '../../history/remember.ts';
import type { FailureTrace } from '../../history/trace-failures.ts';
import { OperationError, type SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { findOnlyRunbook } from '../../runbook/choose-runbook.ts';
import { type BoundRunbook, loadBoundRunbook } from '../../runbook/load-bound-runbook.ts';
import { listGeneralRequests } from '../../service/general-requests.ts';
import { resolveService, type ServiceSelection } from '../../service/resolve-service.ts';
import { type CheckProgress, runValidChecks } from '../../service/run-service-checks.ts';

export interface DiagnoseServiceInput extends ServiceSelection {
	/** In the person's words; absent: every issue of the runbook. */
	readonly symptom?: string | undefined;
	/** False: nothing is remembered of earlier runs nor written for later ones. */
	readonly history?: boolean | undefined;
	/** False: checks that open pages in a browser are left out. */
	readonly browser?: boolean | undefined;
	/** Asked besides what the runbook is bound to. */
	readonly also?: readonly CheckRequest[] | undefined;
	readonly overallMs?: number | undefined;
	/** Called once before anything is asked, with the number of checks that the runbook names. */
	readonly onPlanned?: ((checkCount: number) => void) | undefined;
	readonly onProgress?: ((progress: CheckProgress) => void) | undefined;
}

export interface DiagnosisReport {
	readonly diagnosis: Diagnosis;
	readonly service: { readonly name: string; readonly url: string };
	/** Path of the runbook, from the working directory. */
	readonly runbook: string;
	/** Other lines of the runbook that the words may have meant, best first. */
	readonly alternatives: readonly Omit<MatchedLine, 'issue' | 'symptom'>[];
	/** Lines of the issues asked about that no check looks at. */
	readonly unbound: readonly UnboundLine[];
	/** `runbook`: the checks it names; `general`: it names none, so every check that fits any application was asked. */
	readonly basis: 'runbook' | 'general';
	/** Since when each failing question fails, and what changed before; empty without history. */
	readonly past: readonly FailureTrace[];
	/** What this run did otherwise than usual, as sentences: checks that were left out, a history that could not be kept. */
	readonly notes: readonly string[];
	readonly warnings: readonly SourceProblem[];
	/** Directives that are wrong: they were left out, and the document is invalid. */
	readonly problems: readonly SourceProblem[];
}

/**
 * Answers what is wrong with a service: asks the checks that the runbook's issues are bound to (declared, else certain and likely proposals)
 * and judges every cause. Wrong directives do not keep the rest from being answered: they are left out and reported.
 * @throws OperationError `not_found` with all symptoms when the words fit none of them.
 */
export async function diagnoseService(ctx: OperationContext, input: DiagnoseServiceInput): Promise<DiagnosisReport> {
	const service = await resolveService(ctx, input);
	const path = service.runbookPath ?? (await findOnlyRunbook(ctx));
	const loaded = await loadBoundRunbook(ctx, path, { sidecarPath: service.sidecarPath });
	const runbook = loaded.bound;
	const { diagnose, matchSymptom, planDiagnosis } = await import('@holdfast/checks/diagnosis');
	const question = input.symptom === undefined ? null : takeSymptom(matchSymptom(runbook, input.symptom), input.symptom, loaded);
	const issues = question?.issues;
	const plan = planDiagnosis(runbook, issues === undefined ? {} : { issues });
	const basis = plan.requests.length > 0 ? 'runbook' : 'general';
	const bound = basis === 'runbook' ? plan.requests : await listGeneralRequests();
	const planned = [...bound, ...(input.also ?? []).filter((one) => !bound.some((request) => covers(request, one)))];
	const requests = planned.filter(({ id }) => (input.browser ?? true) || !needsBrowser(id));
	input.onPlanned?.(requests.length);
	const memory = await openMemory(ctx, { directory: service.homeDirectory, name: service.historyName }, input.history ?? true);
	const startedAtMs = ctx.clock.now();
	const { observations, refused } = await runValidChecks(ctx, {
		target: service.target,
		requests,
		history: memory.reader,
		trend: ctx.trends?.({ directory: service.homeDirectory, name: service.historyName }),
		overallMs: input.overallMs,
		onProgress: input.onProgress,
	});
	const diagnosis = diagnose({
		runbook,
		observations,
		issues,
		asked: question?.asked ?? null,
		service: service.target.name,
		...memory.recall(observations),
		startedAt: new Date(startedAtMs).toISOString(),
		durationMs: ctx.clock.now() - startedAtMs,
	});
	const past = memory.trace(observations);
	return {
		diagnosis,
		service: { name: service.target.name, url: service.target.url },
		runbook: loaded.file.shownPath,
		alternatives: question?.alternatives ?? [],
		unbound: plan.unbound,
		basis,
		past,
		notes: [...noteLeftOut(planned.filter((request) => !requests.includes(request))), ...(await memory.keep(observations))],
		warnings: loaded.warnings,
		problems: joinProblems(loaded.problems, refused),
	};
}

/** The same question; without parameters of its own, any question of the same check. */
function covers(request: CheckRequest, { id, params }: CheckRequest): boolean {
	if (request.id !== id) return false;
	const asked = new Map(Object.entries(request.params));
	const wanted = Object.entries(params);
	return wanted.length === 0 || (wanted.length === asked.size && wanted.every(([name, value]) => asked.get(name) === value));
}

/** The catalogue calls every check that opens pages so. */
function needsBrowser(id: string): boolean {
	return id.startsWith('browser.');
}

function noteLeftOut(requests: readonly CheckRequest[]): readonly string[] {
	const ids = [...new Set(requests.map(({ id }) => id))];
	return ids.length === 0 ? [] : [`without a browser: ${ids.join(', ')} ${ids.length === 1 ? 'was' : 'were'} left out`];
}

/** What the catalogue refused and the document does not explain comes after the document's own problems; nothing is said twice. */
function joinProblems(declared: readonly SourceProblem[], refused: readonly SourceProblem[]): readonly SourceProblem[] {
	const said = new Set(declared.map(({ message }) => message));
	return [...declared, ...refused.filter(({ message }) => !said.has(message))];
}

interface Question {
	readonly asked: NonNullable<Diagnosis['asked']>;
	readonly issues: readonly string[];
	readonly alternatives: DiagnosisReport['alternatives'];
}

/** Where several issues fit equally well all of them are looked at: a guess would hide the answer. */
function takeSymptom(match: SymptomMatch, text: string, { file }: BoundRunbook): Question {
	switch (match.kind) {
		case 'one':
			return {
				asked: { text, matched: match.text, line: match.line, score: match.score },
				issues: [match.issue.address],
				alternatives: match.alternatives.map(plainLine),
			};
		case 'several': {
			const [best, ...others] = match.candidates;
			if (best === undefined) throw new Error('expected candidates where several lines match, got none');
			return {
				asked: { text, matched: best.text, line: best.line, score: best.score },
				issues: match.candidates.map(({ issue }) => issue.address),
				alternatives: others.map(plainLine),
			};
		}
		case 'none':
			throw new OperationError('not_found', `none of these lines of ${file.shownPath} fits "${text}"`, {
				problems: match.symptoms.map(({ text: message, line, symptom }) => ({
					file: file.shownPath,
					line,
					column: null,
					message: symptom === null ? message : `· ${message}`,
					hint: '',
				})),
				hint: 'Ask with words of one of these, or run holdfast diagnose alone for all issues.',
			});
	}
}

function plainLine({ text, line, score }: MatchedLine): Omit<MatchedLine, 'issue' | 'symptom'> {
	return { text, line, score };
}
