/** Entries of `stream_function_logs` to executions. Pure, and tolerant: what is not understood of an entry is left out. */
import type { ConvexExecution } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { readTime, showText } from '../http/shown-text.ts';

const Count = z.number().nullish().catch(null);
const Line = z.union([
	z.string(),
	z
		.object({ messages: z.array(z.string()).catch([]), level: z.string().catch('') })
		.transform(({ messages, level }) => `[${level}] ${messages.join(' ')}`),
]);

const EntrySchema = z.object({
	kind: z.string().nullish().catch(null),
	udfType: z.string(),
	identifier: z.string(),
	timestamp: z.number(),
	executionTime: Count,
	error: z.string().nullish().catch(null),
	cachedResult: z.boolean().nullish().catch(null),
	logLines: z.array(Line.catch('')).nullish().catch([]),
	usageStats: z.object({ databaseReadDocuments: Count, databaseReadBytes: Count }).nullish().catch(null),
	returnBytes: Count,
	occInfo: z.unknown().optional(),
});

const AnswerSchema = z.object({ entries: z.array(z.unknown()) });

const kinds: Readonly<Record<string, ConvexExecution['kind']>> = {
	query: 'query',
	mutation: 'mutation',
	action: 'action',
	httpaction: 'http-action',
};

/** Most lines of one execution that are kept. */
const maxLines = 20;

/** @returns null when it is no log; `oldestMs` of all its entries, whatever their kind. */
export function translateLog(json: unknown): { readonly executions: readonly ConvexExecution[]; readonly oldestMs: number | null } | null {
	const parsed = AnswerSchema.safeParse(json);
	if (!parsed.success) return null;
	const executions: ConvexExecution[] = [];
	let oldestMs: number | null = null;
	for (const raw of parsed.data.entries) {
		const { success, data: entry } = EntrySchema.safeParse(raw);
		if (!success) continue;
		const atMs = entry.timestamp * 1000;
		oldestMs = Math.min(oldestMs ?? atMs, atMs);
		const execution = translateEntry(entry);
		if (execution !== null) executions.push(execution);
	}
	return { executions: executions.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), oldestMs };
}

function translateEntry(entry: z.output<typeof EntrySchema>): ConvexExecution | null {
	const kind = kinds[entry.udfType.toLowerCase()];
	const at = readTime(entry.timestamp * 1000);
	// A running action reports its lines first; its completion repeats none of them but counts.
	if (kind === undefined || at === null || entry.kind === 'Progress') return null;
	const { usageStats, error } = entry;
	return {
		path: entry.identifier.replace(/\.js:/, ':').slice(0, 200),
		kind,
		at,
		durationMs: Math.round((entry.executionTime ?? 0) * 10_000) / 10,
		error: error === null || error === undefined ? null : showText(error),
		cached: entry.cachedResult === true,
		documentsRead: usageStats?.databaseReadDocuments ?? null,
		bytesRead: usageStats?.databaseReadBytes ?? null,
		bytesReturned: entry.returnBytes ?? null,
		conflict: entry.occInfo !== undefined && entry.occInfo !== null,
		lines: (entry.logLines ?? [])
			.filter((line) => /^\[(?:WARN|ERROR)\]/.test(line))
			.slice(0, maxLines)
			.map((line) => showText(line)),
	};
}
