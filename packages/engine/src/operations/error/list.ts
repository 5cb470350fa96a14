import { type ErrorGroup, type ErrorState, readErrorGroups } from '../../intake/read-errors.ts';
import { readMoment } from '../../intake/read-moment.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';

export interface ListErrorsInput {
	readonly service?: string | undefined;
	/** `24h`, or a date; the last day when absent. */
	readonly since?: string | undefined;
	/** `open`, `resolved`, `ignored` or `all`; open when absent. */
	readonly state?: string | undefined;
	readonly release?: string | undefined;
	readonly limit?: number | undefined;
}

const STATES: readonly ErrorState[] = ['open', 'resolved', 'ignored'];

/** What applications reported, the most frequent first. @throws OperationError `invalid` */
export async function listErrors(ctx: RecordContext, input: ListErrorsInput = {}): Promise<readonly ErrorGroup[]> {
	const now = await ctx.database.now();
	const given = input.state ?? 'open';
	const state = STATES.find((one) => one === given) ?? null;
	if (state === null && given !== 'all')
		throw new OperationError('invalid', `--state ${JSON.stringify(given.slice(0, 40))}: expected open, resolved, ignored or all`);
	return await readErrorGroups(ctx.database.pool, {
		service: input.service ?? null,
		since: readMoment('--since', input.since ?? '24h', now),
		state,
		release: input.release ?? null,
		limit: Math.min(Math.max(1, Math.trunc(input.limit ?? 100)), 1000),
	});
}
