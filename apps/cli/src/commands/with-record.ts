import type { RecordContext } from '@holdfast/engine/operations';
import { type GlobalOptions, openEngine, type Session } from '../session.ts';

export type Operations = Awaited<ReturnType<typeof openEngine>>['operations'];

/** Opens the record of the Holdfast that runs here, works with it, and closes it whatever happens. */
export async function withRecord<Result>(
	session: Session,
	options: GlobalOptions,
	work: (record: RecordContext, operations: Operations) => Promise<Result>,
): Promise<Result> {
	const [{ ctx, operations }, { openRecord }] = await Promise.all([openEngine(session.io), import('@holdfast/engine/record')]);
	const record = await openRecord(ctx, options.config);
	try {
		return await work(record, operations);
	} finally {
		await record.close();
	}
}
