import { describe, expect, it } from 'vitest';
import { listFiles } from './house/list-files.ts';
import { judgeName } from './house/name-rules.ts';

describe('judgeName', () => {
	const all = new Set(['packages/a/src/read-fence.ts', 'packages/a/src/index.ts']);

	it.each([
		['packages/a/src/utils.ts', 'says nothing'],
		['packages/a/src/lib/read.ts', 'says nothing'],
		['packages/a/src/string-helpers.ts', 'says nothing'],
		['packages/a/src/readFence.ts', 'kebab case'],
		['packages/a/src/ReadFence.tsx', 'kebab case'],
		['packages/a/src/myFolder/read.ts', 'kebab case'],
		['packages/a/src/other.test.ts', 'no file of that name'],
	])('refuses %s', (file, words) => {
		expect(judgeName(file, all).join()).toContain(words);
	});

	it.each([
		'packages/a/src/read-fence.ts',
		'packages/a/src/read-fence.test.ts',
		'packages/a/src/read-fence-properties.test.ts',
		'packages/a/src/issue-12-lost-line.test.ts',
		'examples/shop/src/app/(shop)/[slug]/page.tsx',
		'examples/shop/next.config.ts',
		'docs/Utils.md',
	])('allows %s', (file) => {
		expect(judgeName(file, all)).toEqual([]);
	});
});

it('every file is named after what it does, and every test stands beside its subject', () => {
	const files = listFiles();
	const all = new Set(files);
	expect(files.flatMap((file) => judgeName(file, all))).toEqual([]);
});
