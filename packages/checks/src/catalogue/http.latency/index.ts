import { z } from 'zod';
import type { CheckContext, Evidence, Finding, Outcome, Phase } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import type { Chain } from '../../page/follow-redirects.ts';
import { readPage, resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
import type { CookieJar } from '../../probe/cookie-jar.ts';
import { type PhaseName, type ProbeFailure, phaseWords } from '../../probe/failure.ts';
import type { HttpResponse } from '../../probe/http-probe.ts';
import { redactUrl } from '../../probe/redact.ts';
import { judgeLatency, medianPhases } from './judge-latency.ts';

const phaseNames: readonly PhaseName[] = ['dns', 'connect', 'tls', 'first-byte', 'body'];

export const httpLatency = defineCheck({
	id: 'http.latency',
	title: 'The answer comes quickly',
	question: 'How long does an answer take, and which part of it?',
	explains:
		'Follows the path’s redirects on the service’s own hosts, requests the page there three times, each on a new connection, one after the other, and takes medians of the phases: resolving the name, connecting, TLS, waiting for the first byte, reading the body. ok: the whole takes at most `warn`. warn: more than that. fail: more than `max`, or no answer, with the phase in which it hangs. unknown: it answers 429 or an error, or its redirects lead to no page. Very slow pages are asked less often, and the answer says so. The defaults, 800 and 1,800 ms, are web.dev’s bounds of good and poor for the time to first byte (https://web.dev/articles/ttfb).',
	requires: [],
	needs: ['net.tcp', 'net.tls'],
	params: z.object({
		path: pathParam('/', 'Path to request'),
		warn: z
			.int()
			.min(1)
			.max(600_000)
			.default(800)
			.meta({ description: 'Longest median that counts as well, in milliseconds', example: 'warn=800' }),
		max: z
			.int()
			.min(1)
			.max(600_000)
			.default(1800)
			.meta({ description: 'Longest median that is no failure, in milliseconds', example: 'max=1800' }),
		samples: z.int().min(1).max(10).default(3).meta({ description: 'Number of requests', example: 'samples=3' }),
	}),
	deadlineMs: 9800,
	run: async (context, { path, warn, max, samples }) => {
		const chain = await readPage(context, path);
		const subject = redactUrl(resolvePath(context.service.url, path));
		if (chain.end.kind === 'failure') return describeHang(chain.end.failure, chain.end.url);
		if (chain.end.kind !== 'answered') return { ...describeEndless(chain, path), subject };
		const { answers, failure } = await measure(context, chain.end, { samples, max });
		const where = nameEnd(chain, path);
		const told = judgeAnswers(answers, path, where);
		if (told !== null) return { ...told, subject, evidence: [showSamples(answers, where)] };
		const phases = medianPhases(answers.map((answer) => answer.phases));
		const totals = answers.map((answer) => answer.durationMs);
		const findings = [...judgeLatency(phases, totals, { warn, max }, where), ...describeLost(failure, answers.length)];
		const total = median(totals);
		const reason =
			findings.length > 0
				? summariseFindings(findings)
				: `${where} answers in ${Math.round(total)} ms (median of ${answers.length}; most of it ${slowestWords(phases)})`;
		const few = failure === null && answers.length < samples ? ` (${answers.length} of ${samples} requests made; each takes long)` : '';
		return {
			state: stateOf(findings),
			reason: `${reason}${few}`,
			findings,
			subject,
			phases,
			measurements: [
				{ name: 'total', value: total, unit: 'ms' },
				{ name: 'samples', value: answers.length, unit: 'count' },
			],
			evidence: [showSamples(answers, where)],
		};
	},
});

/**
 * The end of the chain is the first sample; the others ask its URL again. Stops when the median is settled above `max`, and
 * when another request as long as the slowest would run into the deadline: what was measured is then judged.
 */
async function measure(
	context: CheckContext,
	{ response, jar }: { readonly response: HttpResponse; readonly jar: CookieJar },
	{ samples, max }: { readonly samples: number; readonly max: number },
): Promise<{ answers: readonly HttpResponse[]; failure: ProbeFailure | null }> {
	const answers: HttpResponse[] = [response];
	const settledAt = samples - Math.floor((samples - 1) / 2);
	while (answers.length < samples) {
		if (answers.some((answer) => !isPage(answer.status))) break;
		const totals = answers.map((answer) => answer.durationMs);
		if (totals.filter((total) => total > max).length >= settledAt) break;
		if (context.leftMs() < Math.max(...totals) * spareTime) break;
		const result = await context.http.send({ url: response.url, jar, signal: context.signal });
		// A hang costs the whole wait: measuring it again would tell nothing new.
		if (result.kind === 'failure') return { answers, failure: result };
		answers.push(result);
	}
	return { answers, failure: null };
}

/** How much more than the slowest request so far must be left for another. */
const spareTime = 1.2;

function isPage(status: number): boolean {
	return status >= 200 && status < 300;
}

/** How long an error takes says nothing about how long the page would. */
function judgeAnswers(answers: readonly HttpResponse[], path: string, where: string): Outcome | null {
	const other = answers.find((answer) => !isPage(answer.status))?.status;
	if (other === undefined) return null;
	if (other === 429)
		return {
			state: 'unknown',
			reason: `${where} answers 429: too many requests, so its page cannot be timed`,
			enable: `wait a minute, then holdfast check http.status path=${path}`,
		};
	const check = other >= 300 && other < 400 ? 'http.redirects' : 'http.status';
	return {
		state: 'unknown',
		reason: `${where} answers ${other}, so there is no page to time`,
		enable: `holdfast check ${check} path=${path}`,
	};
}

/** Redirects that lead to no page of this service: the redirect itself is quick, and that would say nothing. */
function describeEndless({ end }: Chain, path: string): Outcome {
	if (end.kind === 'refused')
		return {
			state: 'unknown',
			reason: `${path} gives no page to time: ${end.refusal.reason}`,
			enable: end.refusal.fix ?? `holdfast check http.redirects path=${path}`,
		};
	return {
		state: 'unknown',
		reason: `${path} gives no page to time: its redirects do not end in one`,
		enable: `holdfast check http.redirects path=${path}`,
	};
}

/** The path, and where its redirects lead. */
function nameEnd({ end }: Chain, path: string): string {
	if (end.kind !== 'answered') return path;
	const { pathname, search } = new URL(end.response.url);
	return `${pathname}${search}` === path || pathname === path ? path : `${path} (at ${pathname})`;
}

function describeHang(failure: ProbeFailure, url: string): ReturnType<typeof describeFailure> {
	const outcome = describeFailure(failure, url);
	if (!failure.code.startsWith('net.timeout')) return outcome;
	const finding: Finding = {
		code: `latency.hang.${failure.phase}`,
		severity: 'fail',
		message: failure.reason,
		...(failure.fix === undefined ? {} : { fix: failure.fix }),
	};
	return { ...outcome, findings: [finding] };
}

function describeLost(failure: ProbeFailure | null, answered: number): readonly Finding[] {
	if (failure === null || failure.says === 'unknown') return [];
	return [
		{
			code: 'latency.unsteady',
			severity: 'warn',
			message: `Only the first ${answered} ${answered === 1 ? 'request was' : 'requests were'} answered: ${failure.reason}`,
			fix: 'look at whether one of several instances is ill',
		},
	];
}

function slowestWords(phases: readonly Phase[]): string {
	const slowest = phases.toSorted((a, b) => b.durationMs - a.durationMs)[0];
	const name = phaseNames.find((candidate) => candidate === slowest?.name);
	return name === undefined ? 'unmeasured' : phaseWords[name];
}

function showSamples(answers: readonly HttpResponse[], where: string): Evidence {
	const body = answers
		.map(
			(answer, index) =>
				`${index + 1}  ${answer.status}  ${answer.durationMs} ms  (${answer.phases.map((phase) => `${phase.name} ${phase.durationMs}`).join(', ')})`,
		)
		.join('\n');
	return { title: `${answers.length} ${answers.length === 1 ? 'request' : 'requests'} to ${where}`, kind: 'table', body };
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
