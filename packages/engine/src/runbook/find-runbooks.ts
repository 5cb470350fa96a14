import { join } from 'node:path';
import type { OperationContext } from '../ports.ts';

const FOLDERS = ['.', 'docs', 'doc', 'ops', 'runbooks', 'docs/runbooks'];
const NAME = /^(production[_-])?runbooks?\.(md|markdown)$/i;

/** Paths, from the working directory, of files that are runbooks by their name: `RUNBOOK.md`, `docs/PRODUCTION_RUNBOOK.md`. */
export async function findRunbooks(ctx: OperationContext): Promise<readonly string[]> {
	const found = await Promise.all(
		FOLDERS.map(async (folder) =>
			(await ctx.files.list(join(ctx.directory, folder))).filter((name) => NAME.test(name)).map((name) => join(folder, name)),
		),
	);
	return found.flat();
}
