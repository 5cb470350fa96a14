import { dirname } from 'node:path';
import { readText, type TextFile } from '../files/read-text.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { findConfig } from './find-config.ts';
import type { Config } from './schema.ts';

const LIMIT_BYTES = 1024 * 1024;

export interface LoadedConfig {
	readonly file: TextFile;
	/** Relative paths of the configuration start here. */
	readonly directory: string;
	readonly config: Config;
}

/**
 * Reads the configuration named, or the nearest `holdfast.yaml` upwards.
 * @returns null when none is named and none is found.
 * @throws OperationError with all problems at once.
 */
export async function loadConfig(ctx: OperationContext, named: string | undefined): Promise<LoadedConfig | null> {
	const path = named ?? (await findConfig(ctx.files, ctx.directory));
	if (path === null) return null;
	const file = await readText(ctx, path, { expected: 'a configuration in YAML', limitBytes: LIMIT_BYTES });
	const [{ checkIds }, { readConfig }] = await Promise.all([import('@holdfast/checks/registry'), import('./read-config.ts')]);
	const reading = readConfig(file.text, { file: file.shownPath, checkIds });
	if (reading.ok) return { file, directory: dirname(file.path), config: reading.config };
	const count = reading.problems.length;
	throw new OperationError('invalid', `${count} ${count === 1 ? 'problem' : 'problems'} in the configuration`, {
		problems: reading.problems,
		hint: 'docs/schema/holdfast.schema.json describes every key.',
	});
}
