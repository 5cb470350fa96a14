import type { SentryErrors, SentryIssue, SentryTarget, VendorVerdict } from '@holdfast/checks/vendors';
import type { NoAnswer } from '../http/ask-vendor.ts';
import { askSentry, refuseBody, type SentryOptions } from './client.ts';
import { translateHours, translateIssues } from './translate.ts';

/** Issues that one page holds; Sentry gives no more at once. */
const pageSize = '100';
/** Whole hours of history for the rate. */
const rateHours = 24;

/** Unresolved issues of the window and the events of the last 24 hours, asked at the same time. */
export async function readErrors(
	target: SentryTarget,
	windowMinutes: number,
	options: SentryOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<SentryErrors>> {
	const now = options.now();
	const [issues, hours] = await Promise.all([
		listIssues(
			target,
			[
				['query', 'is:unresolved'],
				['sort', 'freq'],
				['statsPeriod', `${Math.max(1, Math.round(windowMinutes))}m`],
			],
			options,
			signal,
		),
		askSentry(
			target,
			`/api/0/projects/${encodeURIComponent(target.org)}/${encodeURIComponent(target.project)}/stats/`,
			[
				['stat', 'received'],
				['resolution', '1h'],
				['since', String(Math.floor(now / 1000) - rateHours * 3600)],
			],
			options,
			signal,
		),
	]);
	if (issues.kind === 'no-answer') return issues;
	const sinceMs = now - windowMinutes * 60_000;
	const seen = issues.value.filter(({ lastSeenAt }) => Date.parse(lastSeenAt) >= sinceMs).toSorted((a, b) => b.count - a.count);
	return {
		kind: 'answer',
		value: {
			issues: seen,
			newCount: seen.filter(({ firstSeenAt }) => Date.parse(firstSeenAt) >= sinceMs).length,
			perHour: hours.kind === 'json' ? translateHours(hours.json) : null,
			url: pageFor(target, 'issues'),
		},
	};
}

/** Issues that a release brought, whether they are still unresolved or not. @param release as the SDK sends it. */
export async function readNewIssues(
	target: SentryTarget,
	release: string,
	options: SentryOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<readonly SentryIssue[]>> {
	const quoted = `"${release.replaceAll(/["\\*]/g, '')}"`;
	return listIssues(
		target,
		[
			['query', `firstRelease:${quoted}`],
			['sort', 'new'],
			['statsPeriod', '14d'],
		],
		options,
		signal,
	);
}

async function listIssues(
	target: SentryTarget,
	query: readonly (readonly [string, string])[],
	options: SentryOptions,
	signal: AbortSignal,
): Promise<{ readonly kind: 'answer'; readonly value: readonly SentryIssue[] } | NoAnswer> {
	const path = `/api/0/organizations/${encodeURIComponent(target.org)}/issues/`;
	const asked = await askSentry(target, path, [['projectSlug', target.project], ...query, ['limit', pageSize]], options, signal);
	if (asked.kind === 'no-answer') return asked;
	const issues = translateIssues(asked.json);
	return issues === null ? refuseBody(target) : { kind: 'answer', value: issues };
}

/** Page for people. */
export function pageFor(target: SentryTarget, page: 'issues' | 'insights/backend'): string {
	const org = encodeURIComponent(target.org);
	return `${new URL(target.url).origin}/organizations/${org}/${page}/?project=${encodeURIComponent(target.project)}`;
}
