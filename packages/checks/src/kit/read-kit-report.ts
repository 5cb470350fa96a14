/**
 * What the application says of itself to whoever holds its token: the kit's private report, asked for once per run whoever wants it.
 * Four answers on connections of their own, so that instances behind a balancer that disagree are seen.
 */
import type { HealthReport } from '@holdfast/kit/wire';
import type { CheckContext } from '../contract.ts';
import { resolvePath } from '../page/read-page.ts';
import type { HttpResult } from '../probe/http-probe.ts';
import { judgeKitAnswer, type NoReport } from './judge-kit-answer.ts';

export type { NoReport } from './judge-kit-answer.ts';

export const kitHealthPath = '/api/health';

export interface KitReport {
	readonly kind: 'report';
	/** Of the instance that answered first. */
	readonly report: HealthReport;
	/** One per instance seen (`process.instance`), the first of them `report`; at most four. */
	readonly instances: readonly HealthReport[];
	/** How far the application's clock is ahead of ours, in milliseconds; within a second it may be the way. */
	readonly skewMs: number;
	/** Sentences that go with what is said from the report: clocks that disagree. */
	readonly notes: readonly string[];
}

export type KitAnswer = KitReport | NoReport;

/** Answers after the first: enough to see two instances behind a balancer that takes turns or picks at random (1 in 8 is missed). */
const furtherAnswers = 3;
/** From which difference of clocks on it is said: an hour's window is then wrong by less than a tenth. */
const skewNoticedMs = 5000;

/** @returns the report, or why there is none with what would give it. Never fails. */
export function readKitReport(context: CheckContext): Promise<KitAnswer> {
	return context.fact('kit-report', async (signal): Promise<KitAnswer> => {
		const { service } = context;
		if (service.kitToken === undefined) return describeNoToken(context);
		const sentAt = context.now();
		const first = await askKit(context, signal);
		const receivedAt = context.now();
		const judged = judgeKitAnswer(first, kitHealthPath);
		if (judged.kind === 'none') return judged;
		const more = await Promise.all(Array.from({ length: furtherAnswers }, () => askKit(context, signal)));
		const instances = new Map([[judged.report.holdfast.process.instance, judged.report]]);
		for (const result of more) {
			const also = judgeKitAnswer(result, kitHealthPath);
			if (also.kind === 'none') continue;
			const { instance } = also.report.holdfast.process;
			if (!instances.has(instance)) instances.set(instance, also.report);
		}
		const skewMs = Math.round(Date.parse(judged.report.holdfast.at) - (sentAt + receivedAt) / 2);
		return { kind: 'report', report: judged.report, instances: [...instances.values()], skewMs, notes: noteSkew(skewMs) };
	});
}

/** One more answer, for a check that needs a second look at a figure. @returns null when it is no report. */
export async function readKitAgain(context: CheckContext, signal: AbortSignal): Promise<HealthReport | null> {
	const judged = judgeKitAnswer(await askKit(context, signal), kitHealthPath);
	return judged.kind === 'none' ? null : judged.report;
}

function askKit({ http, service }: CheckContext, signal: AbortSignal): Promise<HttpResult> {
	return http.send({
		url: resolvePath(service.url, kitHealthPath),
		signal,
		headers: {
			accept: 'application/health+json, application/json',
			...(service.kitToken === undefined ? {} : { authorization: `Bearer ${service.kitToken.reveal()}` }),
		},
	});
}

function describeNoToken({ service }: CheckContext): NoReport {
	const missing = service.missing?.find(({ setting }) => setting === 'kit.token');
	if (missing !== undefined) return { kind: 'none', code: 'no-token', reason: missing.reason, enable: missing.enable };
	return {
		kind: 'none',
		code: 'no-token',
		reason: 'The application’s own report is not asked for: no kit token is configured',
		enable: 'set `kit: {token: …}` for the service in holdfast.yaml to the HOLDFAST_TOKEN of the application',
	};
}

function noteSkew(skewMs: number): readonly string[] {
	if (Math.abs(skewMs) < skewNoticedMs) return [];
	const seconds = Math.round(Math.abs(skewMs) / 1000);
	return [`the application’s clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine’s`];
}
