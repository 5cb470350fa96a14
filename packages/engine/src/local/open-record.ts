/** The record of a Holdfast that runs or ran here, for operations that read or write it. */
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { findConfig } from '../config/find-config.ts';
import type { OperationContext, RecordContext } from '../ports.ts';
import { requireSchema } from '../storage/require-schema.ts';
import { openStorage } from './open-storage.ts';

export interface OpenRecord extends RecordContext {
	readonly close: () => Promise<void>;
}

/** Starts nothing. @throws OperationError `precondition` when there is no database, it does not run, or has the schema of another release */
export async function openRecord(ctx: OperationContext, config: string | undefined): Promise<OpenRecord> {
	const path = config === undefined ? await findConfig(ctx.files, ctx.directory) : resolve(ctx.directory, config);
	const directory = path === null ? ctx.directory : dirname(path);
	const { database, close } = await openStorage(ctx, { directory, start: false, say: () => undefined });
	try {
		await requireSchema(database.pool);
	} catch (error) {
		await close();
		throw error;
	}
	return { database, actor: findActor(), close: () => close() };
}

/** A user without an entry has no name. */
function findActor(): string {
	try {
		return `local:${userInfo().username}`;
	} catch {
		return 'local';
	}
}
