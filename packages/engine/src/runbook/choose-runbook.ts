import { resolve } from 'node:path';
import { findConfig } from '../config/find-config.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { resolveService, type ServiceSelection } from '../service/resolve-service.ts';
import { findRunbooks } from './find-runbooks.ts';

export interface RunbookSelection extends ServiceSelection {
	/** Path of the document; absent: the service's, else the only runbook that lies here. */
	readonly file?: string | undefined;
	/** Path of a sidecar with bindings. */
	readonly sidecar?: string | undefined;
}

export interface ChosenRunbook {
	readonly path: string;
	readonly sidecarPath: string | null;
}

/**
 * Decides which document is meant: the one named, the service's, or the only one that lies in the working directory.
 * A document named by path needs no configuration and reads none; with a service or a configuration named beside it, it takes the sidecar
 * of that service where both speak of the same document.
 * @throws OperationError `not_found` or `invalid` with what to name.
 */
export async function chooseRunbook(ctx: OperationContext, selection: RunbookSelection): Promise<ChosenRunbook> {
	const sidecarPath = selection.sidecar === undefined ? null : resolve(ctx.directory, selection.sidecar);
	const named = selection.file ?? selection.runbook;
	const asked = selection.config !== undefined || selection.service !== undefined;
	if (named !== undefined && !asked) return { path: resolve(ctx.directory, named), sidecarPath };
	if (asked || (selection.url === undefined && (await findConfig(ctx.files, ctx.directory)) !== null)) {
		const service = await resolveService(ctx, { ...selection, url: undefined });
		const path = named === undefined ? service.runbookPath : resolve(ctx.directory, named);
		if (path !== null) return { path, sidecarPath: sidecarPath ?? (path === service.runbookPath ? service.sidecarPath : null) };
	}
	return { path: resolve(ctx.directory, await findOnlyRunbook(ctx)), sidecarPath };
}

/** @throws OperationError when there is none or more than one. */
export async function findOnlyRunbook(ctx: OperationContext): Promise<string> {
	const found = await findRunbooks(ctx);
	const [first, ...others] = found;
	if (first === undefined) {
		throw new OperationError('not_found', 'no runbook: none was named, and there is no RUNBOOK.md here or in docs/', {
			hint: 'Name the file, for example: holdfast runbook show ops/RUNBOOK.md',
		});
	}
	if (others.length > 0)
		throw new OperationError('invalid', `several runbooks lie here: ${found.join(', ')}`, { hint: 'Name the one that is meant.' });
	return first;
}
