import { type FileHandle, open } from 'node:fs/promises';
import type { NoAnswer } from '../http/ask-vendor.ts';

/** Refuses what is no regular file: a pipe would be waited for. The caller closes the handle. @param what `The log`, for sentences. */
export async function openFile(
	path: string,
	what: string,
	setting: string,
): Promise<{ readonly kind: 'open'; readonly handle: FileHandle; readonly sizeBytes: number; readonly writtenAt: Date } | NoAnswer> {
	try {
		const handle = await open(path, 'r');
		const found = await handle.stat();
		if (found.isFile()) return { kind: 'open', handle, sizeBytes: found.size, writtenAt: found.mtime };
		await handle.close();
		return {
			kind: 'no-answer',
			code: 'bad-response',
			reason: `${what} (${path}) is no file`,
			enable: `correct \`${setting}\` in holdfast.yaml`,
		};
	} catch (error) {
		return describeFileError(error, path, what, setting);
	}
}

export function describeFileError(error: unknown, path: string, what: string, setting: string): NoAnswer {
	const code = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
	if (code === 'ENOENT' || code === 'ENOTDIR')
		return {
			kind: 'no-answer',
			code: 'not-found',
			reason: `${what} (${path}) does not exist`,
			enable: `correct \`${setting}\` in holdfast.yaml`,
		};
	if (code === 'EACCES' || code === 'EPERM')
		return {
			kind: 'no-answer',
			code: 'forbidden',
			reason: `${what} (${path}) may not be read by the user that Holdfast runs as`,
			enable: 'allow that user to read it',
		};
	return { kind: 'no-answer', code: 'bad-response', reason: `${what} (${path}) cannot be read (${code})` };
}

export function describeAbort(what: string): NoAnswer {
	return { kind: 'no-answer', code: 'aborted', reason: `Stopped while ${what} was read` };
}
