import { z } from 'zod';
import { describeSilence } from '../../convex/describe-silence.ts';
import { readAdminDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { judgeUsage, listUsage, type UsageRow } from './judge-usage.ts';

export const convexUsage = defineCheck({
	id: 'convex.usage',
	title: 'Convex usage is within its limits',
	question: 'How much of the deployment’s usage limits is used up?',
	explains:
		'Reads the deployment’s usage of the day and the month and the usage limits that are set for it. ok: every metric with a limit is below `near` percent. warn: one is above that, or above a limit that only warns. fail: a limit that disables the deployment is reached. unknown: no limit is set (then the question does not arise; plan limits are in the dashboard alone), the deployment is still adding up its figures, no key, a key that may not ask, no answer.',
	requires: [
		'`convex: {url: …, adminKey: …}` in holdfast.yaml; a key with deployment:usage:view and deployment:usageLimits:view is enough',
		'a usage limit in the deployment’s settings',
	],
	needs: ['convex.reachable'],
	params: z.object({
		near: z.int().min(1).max(99).default(80).meta({ description: 'Share of a limit from which it warns, in percent', example: 'near=80' }),
	}),
	deadlineMs: 9000,
	run: async (context, { near }) => {
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return admin.outcome;
		const { target, subject } = admin;
		const verdict = await context.vendors.convex.readUsage(target, context.signal);
		if (verdict.kind === 'no-answer') {
			const right = 'deployment:usage:view and deployment:usageLimits:view';
			return { ...describeSilence(verdict, { vendor: 'Convex', setting: 'convex.adminKey', right }), subject };
		}
		const rows = listUsage(verdict.value);
		const enable = 'set a usage limit in the deployment’s settings, or with `npx convex deployment usage-limits`';
		if (rows.length === 0)
			return { state: 'unknown', applicable: false, reason: 'No usage limit is set for the deployment', enable, subject };
		const findings = judgeUsage(rows, near);
		const shown = { findings, evidence: [showRows(rows)], subject };
		const state = stateOf(findings);
		if (state === 'fail') return { ...shown, state, reason: summariseFindings(findings) };
		const untold = rows.find(({ used }) => used === null);
		if (!verdict.value.complete || untold !== undefined)
			return {
				...shown,
				state: 'unknown',
				reason: verdict.value.complete
					? `The deployment gives no figure for ${untold?.metric ?? 'a metric'}, which has a limit`
					: 'The deployment is still adding up its usage',
				enable: 'ask again in some minutes',
			};
		const good = `All ${rows.length} usage limit${rows.length === 1 ? '' : 's'} below ${near} %`;
		return { ...shown, state, reason: findings.length > 0 ? summariseFindings(findings) : good };
	},
});

function showRows(rows: readonly UsageRow[]) {
	const lines = rows.map(
		({ metric, unit, window, type, limit, used }) => `${metric}  ${used ?? 'no figure'} of ${limit} ${unit} per ${window}  ${type}`,
	);
	return { title: 'Usage against limits', kind: 'table' as const, body: lines.join('\n') };
}
