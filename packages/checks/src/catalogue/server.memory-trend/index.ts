import type { HealthReport } from '@holdfast/kit/wire';
import { z } from 'zod';
import type { CheckContext, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readKitReport } from '../../kit/read-kit-report.ts';
import { formatBytes } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { describeSpan, GROUP_MS, type Growth, judgeGrowth, LEAST_GROUPS, WARM_UP_MS } from './judge-growth.ts';

type Inside = HealthReport['holdfast'];

const id = 'server.memory-trend';
const MINUTE = 60_000;

export const serverMemoryTrend = defineCheck({
	id,
	title: 'Memory does not grow without end',
	question: 'Does a process of the application need more memory from hour to hour?',
	explains:
		'Keeps heap and memory of every process that answers (kit), and looks at those of the same process over the last `hours`: a restart begins anew, and the first half hour, in which caches fill, does not count. Of each half hour the least counts, what stays after garbage is collected. It grows when the slope (Theil–Sen) is above chance (Mann–Kendall, 1 of 100) and adds a tenth or more. ok: it does not, or reaches its limit in more than 7 days. warn: it reaches its limit within 7 days, or the limit is not known. fail: within a day, after 6 hours of growth. unknown: fewer than 6 half hours with 3 samples each, no figures are kept (they are while `holdfast up` watches this check), or the application’s report cannot be read.',
	requires: ['the kit’s `createHealth` and `kit: {token}`', '`holdfast up`, for three hours and a half of one process'],
	needs: [],
	params: z.object({
		hours: z.int().min(3).max(168).default(24).meta({ description: 'How far back it looks, in hours', example: 'hours=24' }),
	}),
	deadlineMs: 9500,
	run: async (context, { hours }): Promise<Outcome> => {
		const kit = await readKitReport(context);
		if (kit.kind === 'none') return { state: 'unknown', reason: kit.reason, enable: kit.enable };
		const instances = kit.instances.map(({ holdfast }) => holdfast);
		// Under the process's own name: figures of another process never mix in.
		const measurements = instances.flatMap((inside) =>
			seriesOf(inside).map(({ name, value }) => ({ name, value, unit: 'bytes' as const })),
		);
		const judged = (await Promise.all(instances.map((inside) => judgeInstance(context, inside, { hours, skewMs: kit.skewMs })))).flat();
		if (judged.some(({ growth }) => growth === null))
			return {
				state: 'unknown',
				reason: 'No figures are kept over time, so growth cannot be seen',
				enable: 'holdfast up, with this check in the runbook or under `monitors:`',
				measurements,
			};
		const findings = judged.flatMap(({ growth, instance }) => {
			const finding = growth?.finding ?? null;
			if (finding === null) return [];
			return [instances.length > 1 ? { ...finding, message: `Instance ${instance}: ${finding.message}` } : finding];
		});
		const told = judged.filter(({ growth }) => growth?.slope !== null && growth !== null);
		const shown = {
			findings,
			measurements,
			evidence: [{ title: 'Growth by process', kind: 'table' as const, body: judged.map(showRow).join('\n') }],
		};
		if (told.length === 0) {
			const most = judged.toSorted((a, b) => (b.growth?.groups ?? 0) - (a.growth?.groups ?? 0))[0]?.growth;
			return {
				...shown,
				state: 'unknown',
				reason: `Too early to tell: ${most?.groups ?? 0} of ${LEAST_GROUPS} half hours are measured since ${describeSpan(WARM_UP_MS)} after the process began (${most?.samples ?? 0} samples)`,
				enable: `let holdfast up watch it: about ${describeSpan((LEAST_GROUPS - (most?.groups ?? 0)) * GROUP_MS)} more`,
			};
		}
		const [one] = told;
		const fresh = judged.length - told.length;
		return {
			...shown,
			state: stateOf(findings),
			reason:
				stateOf(findings) === 'ok'
					? `Memory does not grow towards its limit: ${one?.what ?? ''} ${formatSlope(one?.growth?.slope ?? 0)} an hour over ${describeSpan(one?.growth?.seenMs ?? 0)}${fresh === 0 ? '' : `; ${fresh} series are too short to tell`}`
					: summariseFindings(findings),
		};
	},
});

interface Judged {
	readonly instance: string;
	readonly what: string;
	/** Null: nothing is kept. */
	readonly growth: Growth | null;
}

function seriesOf({ process, memory }: Inside) {
	const instance = shortName(process.instance);
	return [
		{ what: 'heap', name: `heap ${instance}`, value: memory.heapUsedBytes, limit: memory.heapLimitBytes },
		{ what: 'memory', name: `memory ${instance}`, value: memory.rssBytes, limit: memory.limitBytes ?? null },
	];
}

async function judgeInstance(
	context: CheckContext,
	inside: Inside,
	{ hours, skewMs }: { readonly hours: number; readonly skewMs: number },
): Promise<readonly Judged[]> {
	const now = context.now();
	const startedAtMs = Date.parse(inside.process.startedAt) - skewMs;
	return await Promise.all(
		seriesOf(inside).map(async ({ what, name, limit }): Promise<Judged> => {
			const span = { fromMs: Math.max(startedAtMs, now - hours * 60 * MINUTE), toMs: now, stepMs: MINUTE };
			const points = await context.trend.read({ check: id, measurement: name }, span);
			const growth = points === null ? null : judgeGrowth({ what, points, startedAtMs, limit, now });
			return { instance: shortName(inside.process.instance), what, growth };
		}),
	);
}

function shortName(instance: string): string {
	return instance.slice(0, 8);
}

function formatSlope(bytes: number): string {
	return `${bytes < 0 ? '−' : '+'}${formatBytes(Math.abs(bytes))}`;
}

function showRow({ instance, what, growth }: Judged): string {
	const slope = growth === null ? 'nothing is kept' : growth.slope === null ? 'too short to tell' : `${formatSlope(growth.slope)} an hour`;
	return `${instance}  ${what}  ${slope}  ${growth?.groups ?? 0} half hours, ${growth?.samples ?? 0} samples`;
}
