import type { SentryPerformance, SentryTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { askSentry, refuseBody, type SentryOptions } from './client.ts';
import { pageFor } from './read-errors.ts';
import { translateCrashFree, translateTransactions } from './translate.ts';

const fields = ['transaction', 'count()', 'p75(span.duration)', 'p95(span.duration)', 'failure_rate()'];

/** How long transactions took and how many sessions ended well. Sessions are counted by the hour, so at least the last one. */
export async function readPerformance(
	target: SentryTarget,
	windowMinutes: number,
	options: SentryOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<SentryPerformance>> {
	const org = `/api/0/organizations/${encodeURIComponent(target.org)}`;
	const project = ['projectSlug', target.project] as const;
	const minutes = Math.max(1, Math.round(windowMinutes));
	const [events, sessions] = await Promise.all([
		askSentry(
			target,
			`${org}/events/`,
			[
				project,
				['dataset', 'spans'],
				...fields.map((field) => ['field', field] as const),
				['query', 'is_transaction:true'],
				['sort', '-count()'],
				['per_page', '50'],
				['statsPeriod', `${minutes}m`],
			],
			options,
			signal,
		),
		askSentry(
			target,
			`${org}/sessions/`,
			[
				project,
				['field', 'crash_free_rate(session)'],
				['field', 'sum(session)'],
				['statsPeriod', `${Math.max(1, Math.ceil(minutes / 60))}h`],
				['interval', '1h'],
			],
			options,
			signal,
		),
	]);
	if (events.kind === 'no-answer') return events;
	const transactions = translateTransactions(events.json);
	if (transactions === null) return refuseBody(target);
	const crashFree = sessions.kind === 'json' ? (translateCrashFree(sessions.json) ?? null) : null;
	return {
		kind: 'answer',
		value: {
			transactions: transactions.toSorted((a, b) => b.count - a.count).slice(0, 50),
			crashFree,
			url: pageFor(target, 'insights/backend'),
		},
	};
}
