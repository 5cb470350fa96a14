import { basename, dirname, relative, resolve } from 'node:path';
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';
import { formatSize } from './format-size.ts';

export interface TextFile {
	readonly path: string;
	/** For messages: from the working directory, or whole where it lies elsewhere. */
	readonly shownPath: string;
	/** With its byte order mark, if it has one: nothing is lost. */
	readonly text: string;
	readonly version: string;
}

export interface ReadTextOptions {
	/** What the file is for: `a Markdown runbook`. */
	readonly expected: string;
	readonly limitBytes: number;
}

/**
 * Reads a UTF-8 text file whole.
 * @throws OperationError with one sentence and what to do when it is missing, a folder, too large, not readable or not text.
 */
export async function readText(ctx: OperationContext, file: string, { expected, limitBytes }: ReadTextOptions): Promise<TextFile> {
	if (file.includes('\0')) {
		throw new OperationError('invalid', `expected the path of ${expected}, got a path with a zero character in it`, {
			hint: 'Write it anew.',
		});
	}
	const path = resolve(ctx.directory, file);
	const shownPath = showPath(ctx.directory, path);
	const reading = await ctx.files.read(path, limitBytes);
	switch (reading.kind) {
		case 'file':
			return { path, shownPath, text: decode(reading.bytes, shownPath, expected), version: reading.version };
		case 'missing':
			throw new OperationError('not_found', `${shownPath}: no such file`, { hint: await suggest(ctx, path, expected) });
		case 'directory':
			throw new OperationError('invalid', `${shownPath}: expected ${expected}, got a folder`, { hint: 'Name a file in it.' });
		case 'special':
			throw new OperationError('invalid', `${shownPath}: expected ${expected}, got a device, pipe or socket`, {
				hint: 'Save it as a file first.',
			});
		case 'too-large': {
			const message = `${shownPath}: ${formatSize(reading.sizeBytes)} is more than the limit of ${formatSize(limitBytes)} for ${expected}`;
			throw new OperationError('limit', message, { hint: 'Split it.' });
		}
		case 'forbidden':
			throw new OperationError('forbidden', `${shownPath}: ${reading.reason ?? 'this account may not read it'}`, {
				hint: `Look at its permissions: ls -l ${shownPath}`,
			});
	}
}

/** A path as a person on the working directory would write it. */
export function showPath(directory: string, path: string): string {
	const near = relative(directory, path);
	return near === '' ? '.' : near.startsWith('../../..') ? path : near;
}

function decode(bytes: Uint8Array, shownPath: string, expected: string): string {
	if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
		throw new OperationError('invalid', `${shownPath}: expected ${expected} in UTF-8, got UTF-16`, { hint: 'Save it as UTF-8.' });
	}
	const nul = bytes.indexOf(0);
	if (nul >= 0) {
		const message = `${shownPath}: expected ${expected}, got a binary file (a zero byte at position ${nul})`;
		throw new OperationError('invalid', message, { hint: 'Name the Markdown or YAML file itself.' });
	}
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		const line = firstInvalidLine(bytes);
		throw new OperationError('invalid', `${shownPath}: expected ${expected} in UTF-8, line ${line} is not`, { hint: 'Save it as UTF-8.' });
	}
}

/** No UTF-8 sequence crosses a line feed, so each line can be tried by itself. */
function firstInvalidLine(bytes: Uint8Array): number {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let start = 0;
	for (let line = 1; start <= bytes.length; line += 1) {
		const feed = bytes.indexOf(0x0a, start);
		const end = feed < 0 ? bytes.length : feed;
		try {
			decoder.decode(bytes.subarray(start, end));
		} catch {
			return line;
		}
		start = end + 1;
	}
	return 1;
}

async function suggest(ctx: OperationContext, path: string, expected: string): Promise<string> {
	const nearest = findNearestName(basename(path), await ctx.files.list(dirname(path)));
	return nearest === null ? `Name ${expected} that exists.` : `Did you mean ${showPath(ctx.directory, resolve(dirname(path), nearest))}?`;
}
