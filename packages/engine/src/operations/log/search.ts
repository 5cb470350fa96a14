import { LINE_LEVELS } from '../../intake/keep-lines.ts';
import { type LogLine, readLines } from '../../intake/read-lines.ts';
import { readMoment } from '../../intake/read-moment.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';

export interface SearchLogsInput {
	readonly service?: string | undefined;
	/** `1h`, or a date; the last hour when absent. */
	readonly since?: string | undefined;
	/** Now when absent. */
	readonly until?: string | undefined;
	/** Words that must stand in a line, whatever their case. */
	readonly grep?: string | undefined;
	/** And above; all when absent. */
	readonly level?: string | undefined;
	readonly limit?: number | undefined;
}

const LONGEST_MS = 7 * 86_400_000;

/** The newest lines of a window of at most a week, oldest first. @throws OperationError `invalid`, `limit` */
export async function searchLogs(ctx: RecordContext, input: SearchLogsInput = {}): Promise<readonly LogLine[]> {
	const now = await ctx.database.now();
	const until = input.until === undefined ? now : readMoment('--until', input.until, now);
	const since = readMoment('--since', input.since ?? '1h', now);
	if (since >= until) throw new OperationError('invalid', '--since: expected a moment before --until');
	if (until - since > LONGEST_MS)
		throw new OperationError('limit', '--since: expected a window of at most 7 days', { hint: 'Narrow it with --since and --until.' });
	const level = LINE_LEVELS.find((one) => one === (input.level ?? 'trace'));
	if (level === undefined)
		throw new OperationError('invalid', `--level ${JSON.stringify(input.level?.slice(0, 40))}: expected ${LINE_LEVELS.join(', ')}`);
	const limit = Math.min(Math.max(1, Math.trunc(input.limit ?? 200)), 5000);
	const query = { service: input.service ?? null, since, until, text: input.grep ?? null, level, limit };
	try {
		return await ctx.database.transaction((client) => readLines(client, query));
	} catch (error) {
		if ((error as { code?: unknown }).code !== '57014') throw error;
		throw new OperationError('limit', 'the search took longer than 10 s and was ended', {
			hint: 'Narrow it with --since, --until or --level.',
			cause: error,
		});
	}
}
