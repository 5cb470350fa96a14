import type { RecordContext } from '@holdfast/engine/operations';
import { type GlobalOptions, openEngine, type Session } from '../session.ts';

type Operations = typeof import('@holdfast/engine/operations');

/** Opens the record of the Holdfast that runs or ran here, and closes it whatever comes of it. */
export async function withRecord<T>(
	session: Session,
	options: GlobalOptions,
	work: (record: RecordContext, operations: Operations) => Promise<T>,
): Promise<T> {
	const [{ ctx, operations }, { openRecord }] = await Promise.all([openEngine(session.io), import('@holdfast/engine/record')]);
	const record = await openRecord(ctx, options.config);
	try {
		return await work(record, operations);
	} finally {
		await record.close();
	}
}
