/** Answers of Sentry's Web API to our shapes. Pure, tolerant: fields that are missing are null. */
import type { SentryIssue, SentryTransaction } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { readTime, showText } from '../http/shown-text.ts';

const Text = z.string().nullish().catch(null);
const Count = z.number().nullish().catch(null);

const IssuesSchema = z.array(
	z.object({
		id: z.union([z.string(), z.number().transform(String)]),
		title: Text,
		culprit: Text,
		level: Text,
		// Sentry sends counts as text.
		count: z
			.union([
				z.number(),
				z
					.string()
					.regex(/^\d{1,15}$/)
					.transform(Number),
			])
			.catch(0),
		userCount: Count,
		firstSeen: Text,
		lastSeen: Text,
		permalink: Text,
		metadata: z.object({ type: Text, value: Text }).nullish().catch(null),
		stats: z
			.record(z.string(), z.array(z.tuple([z.number(), z.number()])))
			.nullish()
			.catch(null),
	}),
);

/** @returns null when it is no list of issues; an issue without times is left out. */
export function translateIssues(json: unknown): readonly SentryIssue[] | null {
	const parsed = IssuesSchema.safeParse(json);
	if (!parsed.success) return null;
	return parsed.data.flatMap((issue) => {
		const firstSeenAt = readTime(issue.firstSeen);
		const lastSeenAt = readTime(issue.lastSeen);
		if (firstSeenAt === null || lastSeenAt === null) return [];
		const { type, value } = issue.metadata ?? {};
		return [
			{
				id: issue.id.slice(0, 40),
				title: showText(issue.title ?? ([type, value].filter(Boolean).join(': ') || 'without a title'), 200),
				culprit: issue.culprit ? showText(issue.culprit, 200) : null,
				level: showText(issue.level ?? 'error', 20),
				count: issue.count,
				users: issue.userCount ?? null,
				firstSeenAt,
				lastSeenAt,
				url: readLink(issue.permalink),
			},
		];
	});
}

const StatsSchema = z.array(z.tuple([z.number(), z.number()]));

/** `[[epoch seconds, count], …]`, one an hour. @returns null for anything else. */
export function translateHours(json: unknown): readonly number[] | null {
	const parsed = StatsSchema.safeParse(json);
	return parsed.success ? parsed.data.toSorted((a, b) => a[0] - b[0]).map(([, count]) => count) : null;
}

const EventsSchema = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

/** @returns null when it is no table. Columns are named as they were asked for. */
export function translateTransactions(json: unknown): readonly SentryTransaction[] | null {
	const parsed = EventsSchema.safeParse(json);
	if (!parsed.success) return null;
	const read = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
	return parsed.data.data.flatMap((row) => {
		const name = row.transaction;
		if (typeof name !== 'string' || name === '') return [];
		return [
			{
				name: showText(name, 200),
				count: read(row['count()']) ?? 0,
				p75Ms: read(row['p75(span.duration)']),
				p95Ms: read(row['p95(span.duration)']),
				failureRate: read(row['failure_rate()']),
			},
		];
	});
}

const SessionsSchema = z.object({ groups: z.array(z.object({ totals: z.record(z.string(), z.number().nullish().catch(null)) })) });

/** Crash-free share, 0 to 1. @returns null when there are no sessions, undefined when it is no answer to this. */
export function translateCrashFree(json: unknown): number | null | undefined {
	const parsed = SessionsSchema.safeParse(json);
	if (!parsed.success) return undefined;
	const totals = parsed.data.groups[0]?.totals;
	const rate = totals?.['crash_free_rate(session)'];
	return rate === undefined || rate === null || totals?.['sum(session)'] === 0 ? null : Math.min(1, Math.max(0, rate));
}

function readLink(link: string | null | undefined): string | null {
	if (typeof link !== 'string' || !/^https?:\/\//.test(link) || !URL.canParse(link)) return null;
	const { origin, pathname } = new URL(link);
	return `${origin}${pathname}`.slice(0, 300);
}
