import { z } from 'zod';
import type { Evidence } from '../../contract.ts';
import { describeSilence } from '../../convex/describe-silence.ts';
import { readProcessStart } from '../../convex/read-app-view.ts';
import { nameWindow } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { askedOfSentry, readSentryProject, sentryRequires, sentryWindowParam } from '../../sentry/read-sentry.ts';
import type { SentryErrors } from '../../vendors.ts';
import { judgeIssues } from './judge-issues.ts';

export const sentryErrors = defineCheck({
	id: 'sentry.errors',
	title: 'Sentry sees no new errors',
	question: 'Which errors has Sentry seen in the last minutes, and which of them are new?',
	explains:
		'Reads the project’s unresolved issues that were seen in the window. ok: none at level error or fatal, or none since the application’s last start. warn: known issues go on. fail: an issue was first seen in the window, or a known one has `fail` events. unknown: no project or token configured, a token that is expired or may not ask, 429, no answer. It speaks of what was reported in the window: it raises a suspicion and names the error, and proves no cause by itself.',
	requires: sentryRequires,
	needs: [],
	params: z.object({
		window: sentryWindowParam(),
		fail: z
			.int()
			.min(1)
			.max(1_000_000)
			.default(20)
			.meta({ description: 'Events of one known issue from which it fails', example: 'fail=20' }),
	}),
	deadlineMs: 9500,
	run: async (context, { window: minutes, fail }) => {
		const project = readSentryProject(context);
		if (project.kind === 'none') return project.outcome;
		const [verdict, processStartedAt] = await Promise.all([
			context.vendors.sentry.readErrors(project.target, minutes, context.signal),
			readProcessStart(context),
		]);
		if (verdict.kind === 'no-answer') return { ...describeSilence(verdict, askedOfSentry), subject: project.target.url };
		const errors = verdict.value;
		const words = nameWindow(minutes);
		const findings = judgeIssues(errors, { words, sinceMs: context.now() - minutes * 60_000, processStartedAt, failCount: fail });
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `Sentry has seen no unresolved issue in ${words}`,
			findings,
			evidence: showIssues(errors),
			measurements: [
				{ name: 'issues', value: errors.issues.length, unit: 'count' },
				{ name: 'new issues', value: errors.newCount, unit: 'count' },
				{ name: 'events', value: errors.issues.reduce((sum, { count }) => sum + count, 0), unit: 'count' },
			],
			subject: errors.url,
		};
	},
});

const maxShown = 20;

function showIssues({ issues }: SentryErrors): readonly Evidence[] {
	if (issues.length === 0) return [];
	const lines = issues
		.slice(0, maxShown)
		.map(({ count, level, title, lastSeenAt }) => `${count} events  ${level}  ${title.slice(0, 160)}  last ${lastSeenAt}`);
	return [{ title: 'Issues', kind: 'table', body: lines.join('\n'), ...(issues.length > maxShown ? { truncated: true } : {}) }];
}
