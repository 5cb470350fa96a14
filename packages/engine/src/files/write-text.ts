import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { showPath } from './read-text.ts';

/**
 * Writes a text file whole or not at all.
 * @param expected Version it was read with, null for a new file.
 * @throws OperationError `conflict` when somebody else wrote it meanwhile, `forbidden`, `not_found` (its folder).
 */
export async function writeText(ctx: OperationContext, path: string, text: string, expected: string | null): Promise<void> {
	const shown = showPath(ctx.directory, path);
	const writing = await ctx.files.write(path, new TextEncoder().encode(text), { expected });
	switch (writing.kind) {
		case 'written':
			return;
		case 'changed': {
			const message =
				expected === null ? `${shown}: exists already, nothing written` : `${shown}: changed while we worked on it, nothing written`;
			throw new OperationError('conflict', message, {
				hint: expected === null ? 'Move it away, or edit it.' : 'Run the command again.',
			});
		}
		case 'no-directory':
			throw new OperationError('not_found', `${shown}: its folder does not exist, nothing written`, { hint: 'Make the folder first.' });
		case 'forbidden':
			throw new OperationError('forbidden', `${shown}: could not be written: ${writing.reason}`, {
				hint: `Look at its permissions: ls -l ${shown}`,
			});
	}
}
