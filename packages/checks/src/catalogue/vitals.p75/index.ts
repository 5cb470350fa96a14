import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readKitReport } from '../../kit/read-kit-report.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { formatVital, isVital, judgeVital, measureVitals } from './judge-vitals.ts';

export const vitalsP75 = defineCheck({
	id: 'vitals.p75',
	title: 'Pages feel fast to visitors',
	question: 'Are loading, interaction and layout good for three of four visitors?',
	explains:
		'Takes the Web Vitals that visitors’ browsers sent to the application (kit), per route and device, at most of the last hour, and compares the 75th percentile with the published bounds: LCP 2500/4000 ms, INP 200/500 ms, CLS 0.1/0.25, FCP 1800/3000 ms, TTFB 800/1800 ms. ok: all good. warn: one needs improvement. fail: one is poor. unknown: no beacon is mounted, or fewer than `samples` views of any route.',
	requires: ['the kit’s Web Vitals beacon and `kit: {token}`'],
	needs: [],
	params: z.object({
		samples: z.int().min(1).max(100_000).default(10).meta({ description: 'Fewest views of a figure that counts', example: 'samples=10' }),
		route: z.string().min(1).optional().meta({ description: 'Route to look at; without it all', example: 'route=/products' }),
	}),
	deadlineMs: 9500,
	run: async (context, { samples, route }): Promise<Outcome> => {
		const kit = await readKitReport(context);
		if (kit.kind === 'none') return { state: 'unknown', reason: kit.reason, enable: kit.enable };
		const reported = kit.instances.flatMap(({ holdfast }) => holdfast.vitals ?? []);
		if (kit.instances.every(({ holdfast }) => holdfast.vitals === undefined || holdfast.vitals === null))
			return {
				state: 'unknown',
				reason: 'The application collects no Web Vitals',
				enable: 'mount the kit’s `vitals` beacon and start `vitals-client` in the layout',
			};
		const asked = reported.filter((vital) => isVital(vital.metric) && (route === undefined || vital.route === route));
		const counted = asked.filter(({ count }) => count >= samples);
		const most = Math.max(0, ...asked.map(({ count }) => count));
		if (counted.length === 0)
			return {
				state: 'unknown',
				reason: `Too few page views to tell${route === undefined ? '' : ` of ${route}`}: ${most} at most of one figure, ${samples} are needed`,
				enable: 'wait for visitors, or give samples=',
			};
		const findings = counted.flatMap((vital) => judgeVital(vital) ?? []).toSorted((a, b) => a.severity.localeCompare(b.severity));
		const routes = new Set(counted.map((vital) => vital.route)).size;
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `Good on ${routes === 1 ? 'the one route' : `all ${routes} routes`} with ${samples} views or more`,
			findings,
			measurements: [{ name: 'figures', value: counted.length, unit: 'count' }, ...measureVitals(counted)],
			evidence: [
				{
					title: 'Web Vitals, 75th percentile',
					kind: 'table',
					body: counted
						.slice(0, 60)
						.map(
							(vital) => `${vital.route}  ${vital.device}  ${vital.metric} ${formatVital(vital.metric, vital.p75)}  ${vital.count} views`,
						)
						.join('\n'),
				},
			],
		};
	},
});
