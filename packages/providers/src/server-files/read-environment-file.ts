import type { FileVariable, VendorVerdict } from '@holdfast/checks/vendors';
import { describeAbort, openFile } from './open-file.ts';

const maxBytes = 256 * 1024;

/** Names and lengths of an environment file (`.env`). Values are measured and dropped here. */
export async function readEnvironmentFile(path: string, signal: AbortSignal): Promise<VendorVerdict<readonly FileVariable[]>> {
	if (signal.aborted) return describeAbort('the environment file');
	const opened = await openFile(path, 'The environment file', 'envFile');
	if (opened.kind === 'no-answer') return opened;
	try {
		if (opened.sizeBytes > maxBytes)
			return { kind: 'no-answer', code: 'too-large', reason: `The environment file (${path}) is longer than ${maxBytes} bytes` };
		return { kind: 'answer', value: measureVariables(await opened.handle.readFile('utf8')) };
	} finally {
		await opened.handle.close();
	}
}

const line = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*/;

/** The forms of dotenv: comments, `export`, quotes of three kinds, values over several lines in quotes. The last of a name counts. */
export function measureVariables(text: string): readonly FileVariable[] {
	const lengths = new Map<string, number>();
	const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
	for (let at = 0; at < lines.length; at++) {
		const found = line.exec(lines[at] ?? '');
		if (found?.[1] === undefined) continue;
		let value = (lines[at] ?? '').slice(found[0].length);
		const quote = /^["'`]/.exec(value)?.[0];
		if (quote !== undefined) {
			const start = at;
			let whole = value;
			while (findEnd(whole, quote) === -1 && at + 1 < lines.length) whole += `\n${lines[++at] ?? ''}`;
			const end = findEnd(whole, quote);
			// A quote without its end is part of the value, on its line.
			if (end === -1) at = start;
			value = end === -1 ? value.trim() : readQuoted(whole.slice(1, end), quote);
		} else {
			value = value.replace(/(?:^|\s)#.*$/, '').trim();
		}
		lengths.set(found[1], value.length);
	}
	return [...lengths].map(([name, length]) => ({ name, length }));
}

function findEnd(text: string, quote: string): number {
	for (let at = 1; at < text.length; at++) {
		if (text[at] === '\\' && quote === '"') at++;
		else if (text[at] === quote) return at;
	}
	return -1;
}

function readQuoted(value: string, quote: string): string {
	return quote === '"' ? value.replace(/\\([nrt"\\])/g, '·') : value;
}
