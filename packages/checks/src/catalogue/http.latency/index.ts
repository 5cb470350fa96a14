import { z } from 'zod';
import type { CheckContext, Finding, Phase } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { resolvePath } from '../../page/read-page.ts';
import { pathParam } from '../../params.ts';
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
		'Requests the path three times, each on a new connection, one after the other, and takes medians of the phases: resolving the name, connecting, TLS, waiting for the first byte, reading the body. ok: the whole takes at most `warn`. warn: more than that. fail: more than `max`, or no answer, with the phase in which it hangs. The defaults, 800 and 1,800 ms, are web.dev’s bounds of good and poor for the time to first byte (https://web.dev/articles/ttfb).',
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
		const url = resolvePath(context.service.url, path);
		const subject = redactUrl(url);
		const { answers, failure } = await measure(context, url, samples);
		if (failure !== null && answers.length === 0) return describeHang(failure, url);
		const phases = medianPhases(answers.map((answer) => answer.phases));
		const totals = answers.map((answer) => answer.durationMs);
		const findings = [...judgeLatency(phases, totals, { warn, max }, path), ...describeLost(failure, answers.length)];
		const total = median(totals);
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `${path} answers in ${Math.round(total)} ms (median of ${answers.length}; most of it ${slowestWords(phases)})`,
			findings,
			subject,
			phases,
			measurements: [
				{ name: 'total', value: total, unit: 'ms' },
				{ name: 'samples', value: answers.length, unit: 'count' },
			],
			evidence: [{ title: `${answers.length} requests to ${path}`, kind: 'table', body: showSamples(answers) }],
		};
	},
});

async function measure(
	context: CheckContext,
	url: string,
	samples: number,
): Promise<{ answers: readonly HttpResponse[]; failure: ProbeFailure | null }> {
	const answers: HttpResponse[] = [];
	for (let sample = 0; sample < samples; sample += 1) {
		const result = await context.http.send({ url, signal: context.signal });
		// A hang costs the whole wait: measuring it again would tell nothing new.
		if (result.kind === 'failure') return { answers, failure: result };
		answers.push(result);
	}
	return { answers, failure: null };
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

function showSamples(answers: readonly HttpResponse[]): string {
	return answers
		.map(
			(answer, index) =>
				`${index + 1}  ${answer.status}  ${answer.durationMs} ms  (${answer.phases.map((phase) => `${phase.name} ${phase.durationMs}`).join(', ')})`,
		)
		.join('\n');
}

function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
