/** Sentry's port, which also answers for services that report to this Holdfast. */
import type { SentryPort, SentryTarget, VendorPorts, VendorVerdict } from '@holdfast/checks/vendors';
import { hasEverSent, NEVER_SENT, readBuiltinErrors, readBuiltinNewIssues, readBuiltinPerformance } from '../intake/builtin-sentry.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import type { Database } from '../storage/open-database.ts';
import { openStorage } from './open-storage.ts';

/** Uses the database of the folder for one question. */
export type UseRecord = <T>(home: string, work: (database: Database) => Promise<T>) => Promise<T>;

/** A database that is open already. */
export function useOpen(database: Database): UseRecord {
	return (_home, work) => work(database);
}

/** Opened for each question: a diagnosis asks twice. Starts nothing. */
export function useStored(ctx: OperationContext): UseRecord {
	return async (home, work) => {
		const { database, close } = await openStorage(ctx, { directory: home, start: false, say: () => undefined });
		try {
			return await work(database);
		} finally {
			await close();
		}
	};
}

export function withBuiltinSentry(ports: VendorPorts, use: UseRecord): VendorPorts {
	return { ...ports, sentry: routeSentry(ports.sentry, use) };
}

function routeSentry(vendor: SentryPort, use: UseRecord): SentryPort {
	const ask = async <T>({ home, project }: SentryTarget, read: (database: Database) => Promise<T>): Promise<VendorVerdict<T>> => {
		try {
			return await use(home ?? '', async (database): Promise<VendorVerdict<T>> => {
				if (!(await hasEverSent(database, project))) return NEVER_SENT;
				return { kind: 'answer', value: await read(database) };
			});
		} catch (error) {
			return describeSilence(error);
		}
	};
	return {
		readErrors: (target, minutes, signal) =>
			target.home === undefined
				? vendor.readErrors(target, minutes, signal)
				: ask(target, (database) => readBuiltinErrors(database, target.project, minutes)),
		readPerformance: (target, minutes, signal) =>
			target.home === undefined
				? vendor.readPerformance(target, minutes, signal)
				: ask(target, (database) => readBuiltinPerformance(database, target.project, minutes)),
		readNewIssues: (target, release, signal) =>
			target.home === undefined
				? vendor.readNewIssues(target, release, signal)
				: ask(target, (database) => readBuiltinNewIssues(database, target.project, release)),
	};
}

function describeSilence(error: unknown): VendorVerdict<never> {
	const enable = 'start holdfast up: it keeps what the application reports, and answers from there';
	// undefined_table: a database from before errors were kept.
	const isOld = (error as { code?: unknown } | null)?.code === '42P01';
	const reason = isOld
		? 'The database of Holdfast does not keep errors yet'
		: error instanceof OperationError
			? error.message
			: 'The database of Holdfast gives no answer';
	return { kind: 'no-answer', code: 'network', reason, enable };
}
