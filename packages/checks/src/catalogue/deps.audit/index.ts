import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { countOf, dependencyRequires, readDependencies } from '../../dependencies/read-dependencies.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { type Exposure, findExposures, judgeExposure } from './judge-advisories.ts';

const severity = z.enum(['low', 'moderate', 'high', 'critical']);

/** Findings that are told; the number is told of all. */
const MOST_FINDINGS = 30;

export const depsAudit = defineCheck({
	id: 'deps.audit',
	title: 'No dependency has a known vulnerability',
	question: 'Are vulnerabilities known of the versions that the application is built from?',
	explains:
		'Reads the lockfile in the checkout, executes nothing of it, and asks the package registry for the advisories of exactly those versions, as `npm audit` does; their names and versions go to it. ok: none of `warn` or worse. warn: one of `warn` (moderate), or a worse one in a package that only development needs. fail: one of `fail` (high) or worse in what the application runs with. Severities are the advisory’s own. The registry is npm’s, or the one that holdfast.yaml names; an `.npmrc` is not followed. unknown: no checkout, no package-lock.json that can be read, or a registry that is not reached or offers no advisories.',
	requires: dependencyRequires,
	needs: [],
	params: z.object({
		fail: severity
			.default('high')
			.meta({ description: 'Severity from which it fails, for what the application runs with', example: 'fail=critical' }),
		warn: severity.default('moderate').meta({ description: 'Severity from which it warns', example: 'warn=low' }),
	}),
	deadlineMs: 9500,
	run: async (context, bounds): Promise<Outcome> => {
		const dependencies = await readDependencies(context);
		if (dependencies.kind === 'none') return dependencies.outcome;
		const { locked, registry, subject } = dependencies;
		const production = locked.packages.filter(({ use }) => use === 'production').length;
		const development = locked.packages.length - production;
		const counted = `${countOf(production, 'package')} that the application runs with and ${development} that development needs`;
		if (locked.packages.length === 0 && locked.elsewhere > 0)
			return {
				state: 'unknown',
				reason: `${locked.file} pins ${countOf(locked.elsewhere, 'package')} from elsewhere and none of the registry, so there is nobody to ask`,
				enable: 'set `registry: URL` for the service in holdfast.yaml, where they come from another registry',
				subject,
			};
		if (locked.packages.length === 0)
			return { state: 'ok', reason: `${locked.file} pins no package of a registry`, subject, measurements: measure([], 0) };
		const verdict = await context.vendors.packages.readAdvisories(locked.packages, registry, context.signal);
		if (verdict.kind === 'no-answer')
			return {
				state: 'unknown',
				reason: `Advisories cannot be had: ${verdict.reason}`,
				enable: verdict.enable ?? 'allow this machine the way to the registry, or set `registry: URL` for the service in holdfast.yaml',
				subject,
			};
		const exposures = findExposures(locked.packages, verdict.value);
		const findings = exposures.map((exposure) => judgeExposure(exposure, bounds));
		const state = stateOf(findings);
		const elsewhere = locked.elsewhere === 0 ? '' : `; ${countOf(locked.elsewhere, 'package')} from elsewhere cannot be asked about`;
		return {
			state,
			reason:
				findings.length === 0
					? `No vulnerability is known of ${counted} (${locked.file})${elsewhere}`
					: `${summariseFindings(worstFirst(findings))}; looked at ${counted}${elsewhere}`,
			findings: worstFirst(findings).slice(0, MOST_FINDINGS),
			measurements: measure(exposures, locked.packages.length),
			evidence: exposures.length === 0 ? [] : [showExposures(exposures)],
			subject,
		};
	},
});

const ranks = { fail: 0, warn: 1, info: 2 } as const;

function worstFirst(findings: Outcome['findings'] & object): NonNullable<Outcome['findings']> {
	return findings.toSorted((a, b) => ranks[a.severity] - ranks[b.severity]);
}

function measure(exposures: readonly Exposure[], packages: number): NonNullable<Outcome['measurements']> {
	const of = (use: 'production' | 'development') => exposures.filter((exposure) => exposure.package.use === use).length;
	return [
		{ name: 'vulnerabilities', value: of('production'), unit: 'count' },
		{ name: 'vulnerabilities of development', value: of('development'), unit: 'count' },
		{ name: 'packages', value: packages, unit: 'count' },
	];
}

function showExposures(exposures: readonly Exposure[]) {
	const shown = exposures.slice(0, 60);
	const lines = shown.map(
		({ package: { name, version, use }, advisory, fixedIn }) =>
			`${advisory.severity}  ${name} ${version}  ${use}  fixed: ${fixedIn ?? 'none known'}  ${advisory.title}  ${advisory.url ?? ''}`,
	);
	return {
		title: 'Known vulnerabilities',
		kind: 'table' as const,
		body: lines.join('\n'),
		...(exposures.length > shown.length ? { truncated: true } : {}),
	};
}
