import { describe, expect, it } from 'vitest';
import { createTestContext } from '../fixtures/test-context.ts';
import { OperationError } from '../operation-error.ts';
import { readText } from './read-text.ts';

const options = { expected: 'a Markdown runbook', limitBytes: 1000 };

async function refusal(files: Record<string, string | Uint8Array>, path: string): Promise<string> {
	const error = await readText(createTestContext({ files }), path, options).catch((thrown: unknown) => thrown);
	if (!(error instanceof OperationError)) throw new Error(`expected a refusal, got ${String(error)}`);
	return `${error.code}: ${error.message} | ${error.hint}`;
}

describe('readText', () => {
	it('keeps the byte order mark and every line end', async () => {
		const text = '\ufeff# Añejo\r\n\r\nשלום\n';
		expect((await readText(createTestContext({ files: { 'RUNBOOK.md': text } }), 'RUNBOOK.md', options)).text).toBe(text);
	});

	it.each([
		['a missing file', { 'RUNBOOK.md': '#' }, 'RUNBOK.md', 'not_found: RUNBOK.md: no such file | Did you mean RUNBOOK.md?'],
		['a missing file with nothing near', {}, 'x.md', 'not_found: x.md: no such file | Name a Markdown runbook that exists.'],
		['a folder', { 'docs/a.md': '#' }, 'docs', 'invalid: docs: expected a Markdown runbook, got a folder | Name a file in it.'],
		[
			'a large file',
			{ 'a.md': 'x'.repeat(2048) },
			'a.md',
			'limit: a.md: 2 KB is more than the limit of 1000 bytes for a Markdown runbook | Split it.',
		],
		[
			'a zero byte',
			{ 'a.md': Uint8Array.of(0x23, 0x00, 0x23) },
			'a.md',
			'invalid: a.md: expected a Markdown runbook, got a binary file (a zero byte at position 1) | Name the Markdown or YAML file itself.',
		],
		[
			'UTF-16',
			{ 'a.md': Uint8Array.of(0xff, 0xfe, 0x23, 0x00) },
			'a.md',
			'invalid: a.md: expected a Markdown runbook in UTF-8, got UTF-16 | Save it as UTF-8.',
		],
		[
			'Latin-1',
			{ 'a.md': Uint8Array.of(0x23, 0x0a, 0xe9, 0x0a) },
			'a.md',
			'invalid: a.md: expected a Markdown runbook in UTF-8, line 2 is not | Save it as UTF-8.',
		],
	])('refuses %s in one sentence', async (_what, files, path, expected) => {
		expect(await refusal(files as Record<string, string | Uint8Array>, path)).toBe(expected);
	});
});
