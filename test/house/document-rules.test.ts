import { expect, it } from 'vitest';
import { judgeGlossary, judgeLinks, judgeMachineTraces, judgePaths, type Shelf } from './document-rules.ts';
import { readMarkdown } from './read-markdown.ts';

const pages: Record<string, string> = {
	'README.md': '# Holdfast\n## Try it\n## Try it\n',
	'docs/guide.md': '# The `Guide`, first\n',
	'packages/kit/src/wire.ts': '',
};
const shelf: Shelf = {
	has: (path) => Object.keys(pages).some((page) => page === path || page.startsWith(`${path}/`)),
	anchorsOf: (path) => (path.endsWith('.md') && pages[path] !== undefined ? readMarkdown(pages[path]).anchors : null),
	isGenerated: (path) => path.includes('/dist/'),
};

it.each([
	['[a](README.md)', 'docs/guide.md', 'docs/README.md does not exist'],
	['[a](../README.md#tri-it)', 'docs/guide.md', 'no heading of README.md gives "tri-it"'],
	['[a](#second)', 'docs/guide.md', 'no heading of docs/guide.md'],
	['[a]: ./gone.md', 'README.md', 'gone.md does not exist'],
	['![a](gone.png "title")', 'README.md', 'gone.png does not exist'],
])('refuses the link %s in %s', (text, file, words) => {
	expect(judgeLinks(file, readMarkdown(text), shelf).join()).toContain(words);
});

it.each([
	['[a](../README.md#try-it-1)', 'docs/guide.md'],
	['[a](#the-guide-first)', 'docs/guide.md'],
	['[a](https://example.com/gone.md)', 'README.md'],
	['`[a](gone.md)`', 'README.md'],
	['```\n[a](gone.md)\n```', 'README.md'],
	['[a](packages/kit/src)', 'README.md'],
])('allows the link %s in %s', (text, file) => {
	expect(judgeLinks(file, readMarkdown(text), shelf)).toEqual([]);
});

it('refuses a path in backticks that is gone, and only that', () => {
	const text = '`packages/kit/src/gone.ts` `packages/kit/src/wire.ts` `packages/*/src` `packages/kit/dist/wire.js` `docs/` `npm test`';
	expect(judgePaths('README.md', readMarkdown(text), shelf)).toEqual([
		'README.md:1 names `packages/kit/src/gone.ts`, which does not exist. Name what is there now.',
	]);
});

it('refuses a glossary that explains a word twice, or not at all', () => {
	expect(judgeGlossary('- **run**: one execution\n- **Run**: another\n- **step**:').length).toBe(2);
	expect(judgeGlossary('# Glossary').length).toBe(1);
	expect(judgeGlossary('- **run**: one execution\n- **step**: a part of it')).toEqual([]);
});

it('refuses paths of one machine and names of registries', () => {
	const places = ['/srv/someone/checkout'];
	expect(judgeMachineTraces('README.md', 'see /srv/someone/checkout/README.md', places).length).toBe(1);
	expect(judgeMachineTraces('README.md', 'see /srv/someone/checkout2', places)).toEqual([]);
	expect(judgeMachineTraces('.npmrc', 'registry=https://packages.internal/', places).length).toBe(1);
	expect(judgeMachineTraces('package-lock.json', '"resolved": "https://packages.internal/zod.tgz"', places).length).toBe(1);
	expect(judgeMachineTraces('package-lock.json', '"resolved": "https://registry.npmjs.org/zod.tgz"', places)).toEqual([]);
});
