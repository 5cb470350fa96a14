import { z } from 'zod';
import type { CheckContext, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { countOf, dependencyRequires, readDependencies } from '../../dependencies/read-dependencies.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import type { LockedPackage, PackageReleases, RegistryTarget, VendorVerdict } from '../../vendors.ts';
import { describeAge } from '../env.changed/judge-change.ts';
import { judgeLag, type Lag, measureLags } from './judge-releases.ts';

/** Questions to the registry: so many at once, so many in all, and so many of a version's age, whose answers are long. */
const AT_ONCE = 8;
const MOST_PACKAGES = 200;
const MOST_AGES = 5;

export const depsOutdated = defineCheck({
	id: 'deps.outdated',
	title: 'Dependencies are not far behind',
	question: 'How far do the application’s own dependencies lie behind what is published?',
	explains:
		'Reads the lockfile in the checkout, executes nothing of it, and asks the package registry for the newest release of each dependency that the application itself names. Before 1.0.0 the second number counts as major. ok: none, or less than `majors` behind: those are notes. warn: `majors` major releases behind or more (2), or withdrawn by its publisher. It does not fail: being behind is a task, not a fault; what is dangerous is in deps.audit. The age of the versions that are furthest behind is told where the registry says it. unknown: no checkout, no package-lock.json that can be read, or a registry that is not reached.',
	requires: dependencyRequires,
	needs: [],
	params: z.object({
		majors: z.int().min(1).max(100).default(2).meta({ description: 'Major releases behind from which it warns', example: 'majors=2' }),
	}),
	deadlineMs: 9800,
	run: async (context, { majors }): Promise<Outcome> => {
		const dependencies = await readDependencies(context);
		if (dependencies.kind === 'none') return dependencies.outcome;
		const { locked, registry, subject } = dependencies;
		const direct = locked.packages.filter((candidate) => candidate.direct).slice(0, MOST_PACKAGES);
		if (direct.length === 0) return { state: 'ok', reason: `The application names no package of a registry (${locked.file})`, subject };
		const asked = await askAll(context, direct, registry);
		if (asked.kind === 'no-answer')
			return {
				state: 'unknown',
				reason: `The newest releases cannot be had: ${asked.reason}`,
				enable: asked.enable ?? 'allow this machine the way to the registry, or set `registry: URL` for the service in holdfast.yaml',
				subject,
			};
		const { releases, unanswered } = asked.value;
		const lags = measureLags(direct, releases);
		if (lags.length === 0)
			return {
				state: 'unknown',
				reason: `The registry knows none of the ${direct.length} dependencies`,
				enable: 'set `registry: URL` for the service in holdfast.yaml',
				subject,
			};
		const ages = await readAges(context, lags, registry);
		const findings = lags.flatMap((lag) => judgeLag(lag, majors, ages.get(lag.package.name) ?? null) ?? []);
		const state = stateOf(findings);
		const behind = (step: 'major' | 'minor') => lags.filter((lag) => lag.behind?.step === step).length;
		const counts = `of ${countOf(lags.length, 'dependency').replace('dependencys', 'dependencies')} ${behind('major')} lie a major and ${behind('minor')} a minor release behind`;
		const gap = unanswered === 0 ? '' : `; of ${unanswered} more nothing is known`;
		return {
			state,
			reason:
				state === 'ok' ? `${counts.charAt(0).toUpperCase()}${counts.slice(1)}${gap}` : `${summariseFindings(findings)}; ${counts}${gap}`,
			findings: findings.slice(0, 40),
			measurements: [
				{ name: 'major behind', value: behind('major'), unit: 'count' },
				{ name: 'minor behind', value: behind('minor'), unit: 'count' },
				{ name: 'dependencies', value: lags.length, unit: 'count' },
			],
			evidence: [showLags(lags, ages)],
			subject,
		};
	},
});

interface Answers {
	readonly releases: readonly PackageReleases[];
	readonly unanswered: number;
}

/** The first silence of the registry itself ends it: two hundred more would end the same way. */
async function askAll(
	context: CheckContext,
	packages: readonly LockedPackage[],
	registry: RegistryTarget,
): Promise<VendorVerdict<Answers>> {
	const names = [...new Set(packages.map(({ name }) => name))];
	const releases: PackageReleases[] = [];
	let unanswered = 0;
	for (let first = 0; first < names.length; first += AT_ONCE) {
		if (context.leftMs() < 1500 && releases.length > 0)
			return { kind: 'answer', value: { releases, unanswered: unanswered + names.length - first } };
		const answers = await Promise.all(
			names.slice(first, first + AT_ONCE).map((name) => context.vendors.packages.readReleases(name, registry, context.signal)),
		);
		for (const answer of answers) {
			if (answer.kind === 'answer' && answer.value !== null) releases.push(answer.value);
			else unanswered += 1;
		}
		const silent = answers.find((answer) => answer.kind === 'no-answer');
		if (silent !== undefined && releases.length === 0) return silent;
	}
	return { kind: 'answer', value: { releases, unanswered } };
}

/** @returns in words, by package; only of those that are furthest behind. */
async function readAges(context: CheckContext, lags: readonly Lag[], registry: RegistryTarget): Promise<ReadonlyMap<string, string>> {
	const wanted = lags.filter(({ behind, deprecated }) => behind?.step === 'major' || deprecated !== null).slice(0, MOST_AGES);
	if (context.leftMs() < 3000) return new Map();
	const answers = await Promise.all(
		wanted.map(async (lag): Promise<readonly [string, string][]> => {
			const answer = await context.vendors.packages.readPublished(lag.package, registry, context.signal);
			const at = answer.kind === 'answer' ? answer.value : null;
			return at === null ? [] : [[lag.package.name, describeAge(context.now() - Date.parse(at))]];
		}),
	);
	return new Map(answers.flat());
}

function showLags(lags: readonly Lag[], ages: ReadonlyMap<string, string>) {
	const lines = lags
		.slice(0, 60)
		.map(({ package: { name, version, use }, latest, behind, deprecated }) =>
			[
				name,
				version,
				behind === null ? 'newest' : `${behind.count} ${behind.step} behind ${latest}`,
				use,
				...(ages.has(name) ? [`${ages.get(name) ?? ''} old`] : []),
				...(deprecated === null ? [] : ['withdrawn']),
			].join('  '),
		);
	return {
		title: 'Dependencies that the application names',
		kind: 'table' as const,
		body: lines.join('\n'),
		...(lags.length > 60 ? { truncated: true } : {}),
	};
}
