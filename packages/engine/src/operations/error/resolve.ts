import type { ErrorGroup } from '../../intake/read-errors.ts';
import { OperationError } from '../../operation-error.ts';
import type { RecordContext } from '../../ports.ts';
import { changeError } from './change-error.ts';
import { type ErrorSelection, requireError } from './require-error.ts';

export interface ResolveErrorInput extends ErrorSelection {
	/** A version: the mend is in this release, whether it is live yet or not. True: in the one that comes after the last it was seen in. */
	readonly inRelease?: string | boolean | undefined;
}

/** Seen again after the mend it is open again. @throws OperationError `not_found`, `conflict` */
export async function resolveError(ctx: RecordContext, input: ResolveErrorInput): Promise<ErrorGroup> {
	const { inRelease } = input;
	if (inRelease === undefined || inRelease === false)
		return await changeError(ctx, input, {
			to: 'resolved',
			operation: 'error.resolve',
			resolution: (at) => ({ kind: 'at-once', at }),
			reason: 'resolved',
		});
	const before = await requireError(ctx.database.pool, input);
	const version = inRelease === true ? before.lastRelease : inRelease;
	if (version === null)
		throw new OperationError('conflict', `error ${before.id} was seen in no release: after which one the mend comes is not known`, {
			hint: 'Name the release that has the mend: --in-release VERSION.',
		});
	const { rows } = await ctx.database.pool.query<{ at: Date }>(
		'select coalesce(live_at, first_at) as at from app_release where service = $1 and version = $2',
		[before.service, version],
	);
	const release = { version, at: rows[0]?.at.getTime() ?? null };
	const kind = inRelease === true ? 'after-release' : 'in-release';
	return await changeError(ctx, input, {
		to: 'resolved',
		operation: 'error.resolve',
		resolution: (at) => ({ kind, at, release }),
		reason: kind === 'in-release' ? `resolved in ${version}` : `resolved in the release after ${version}`,
	});
}
