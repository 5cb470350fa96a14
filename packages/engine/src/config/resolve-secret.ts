import { isAbsolute, join } from 'node:path';
import { Secret } from '@holdfast/checks/secret';
import { OperationError } from '../operation-error.ts';
import type { Environment, FilePort } from '../ports.ts';
import type { SecretSource } from './schema.ts';

const LIMIT_BYTES = 64 * 1024;

export interface ResolveSecretOptions {
	/** Where the configuration names it: `services.shop.kit.token`. */
	readonly name: string;
	/** Folder of the configuration: relative paths start there. */
	readonly directory: string;
	readonly files: FilePort;
	readonly environment: Environment;
}

/**
 * Reads a secret from where the configuration says it is. One line end at the end of a file is not part of it;
 * of `{env: NAME}` the variable NAME_FILE may name a file instead.
 * @throws OperationError `precondition` when it is not there; no message holds its value.
 */
export async function resolveSecret(source: SecretSource, options: ResolveSecretOptions): Promise<Secret> {
	if ('file' in source) return readSecretFile(source.file, options);
	const value = options.environment.read(source.env);
	if (value !== undefined && value !== '') return new Secret(value);
	const file = options.environment.read(`${source.env}_FILE`);
	if (file !== undefined && file !== '') return readSecretFile(file, options);
	throw new OperationError('precondition', `${options.name}: the variable ${source.env} is not set`, {
		hint: `Set ${source.env}, or ${source.env}_FILE to the path of a file that holds it.`,
	});
}

async function readSecretFile(file: string, { name, directory, files }: ResolveSecretOptions): Promise<Secret> {
	const path = isAbsolute(file) ? file : join(directory, file);
	const reading = await files.read(path, LIMIT_BYTES);
	if (reading.kind !== 'file') {
		const why = reading.kind === 'missing' ? 'there is no such file' : `it could not be read (${reading.kind})`;
		throw new OperationError('precondition', `${name}: ${file}: ${why}`, { hint: 'Put the secret there, readable by this account only.' });
	}
	const value = new TextDecoder().decode(reading.bytes).replace(/\r?\n$/, '');
	if (value === '') throw new OperationError('precondition', `${name}: ${file} is empty`, { hint: 'Put the secret there.' });
	return new Secret(value);
}
