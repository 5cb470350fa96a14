/** Figures over time for whoever asks a check by hand: of the Holdfast that runs here, opened for the question alone. */
import type { TrendReader } from '@holdfast/checks/trend';
import { OperationError } from '../operation-error.ts';
import type { HistoryPlace, OperationContext } from '../ports.ts';
import { readTrend } from '../trend/work.ts';
import { openStorage, type Storage } from './open-storage.ts';

/** Of a database that was made by an older version, or by none yet (PostgreSQL: `undefined_table`). */
const NO_SUCH_TABLE = '42P01';

/** Starts nothing: without a database that runs there are no figures. Questions asked at the same time share one connection. */
export function createStoredTrend(ctx: OperationContext, { directory, name }: HistoryPlace): TrendReader {
	let opened: Promise<Storage | null> | null = null;
	let users = 0;
	return {
		read: async (question, span) => {
			users += 1;
			opened ??= openIfRunning(ctx, directory);
			const current = opened;
			try {
				const storage = await current;
				return storage === null ? null : await readTrend(storage.database, name, question, span);
			} catch (error) {
				if ((error as { readonly code?: string }).code === NO_SUCH_TABLE) return null;
				throw error;
			} finally {
				users -= 1;
				if (users === 0) {
					opened = null;
					await (await current)?.close();
				}
			}
		},
	};
}

async function openIfRunning(ctx: OperationContext, directory: string): Promise<Storage | null> {
	try {
		return await openStorage(ctx, { directory, start: false, say: () => undefined });
	} catch (error) {
		if (error instanceof OperationError) return null;
		throw error;
	}
}
