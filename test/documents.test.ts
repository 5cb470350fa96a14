import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { judgeGlossary, judgeLinks, judgeMachineTraces, judgePaths, type Shelf } from './house/document-rules.ts';
import { listFiles, readText, root } from './house/list-files.ts';
import { readMarkdown } from './house/read-markdown.ts';

const SCHEMA = 'docs/schema/holdfast.schema.json';
const files = listFiles();
/** Fixtures are documents about other worlds. */
const documents = files.filter((file) => file.endsWith('.md') && !file.includes('/fixtures/'));
/** Dated history: what they name may be gone since. */
const current = documents.filter((file) => file !== 'CHANGELOG.md' && !file.startsWith('docs/decisions/'));
const shelf: Shelf = {
	has: (path) => existsSync(join(root, path)),
	anchorsOf: (path) => (path.endsWith('.md') ? readMarkdown(readText(path)).anchors : null),
	isGenerated: (path) => spawnSync('git', ['check-ignore', '--quiet', path], { cwd: root }).status === 0,
};

describe('the documents', () => {
	it.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'LICENSE', 'docs/glossary.md'])(
		'%s is there',
		(file) => {
			expect(files).toContain(file);
		},
	);

	it('every relative link leads somewhere', () => {
		expect(documents.flatMap((file) => judgeLinks(file, readMarkdown(readText(file)), shelf))).toEqual([]);
	});

	it('every path in backticks is there', () => {
		expect(current.flatMap((file) => judgePaths(file, readMarkdown(readText(file)), shelf))).toEqual([]);
	});

	it('the glossary explains every word once', () => {
		expect(judgeGlossary(readText('docs/glossary.md'))).toEqual([]);
	});

	it('every npm script that a document names exists, and every script is named', () => {
		const scripts = Object.keys(JSON.parse(readText('package.json')).scripts);
		const known = new Set(['ci', 'install', 'test', 'start', 'i', ...scripts]);
		const named = documents
			.filter((file) => !file.startsWith('examples/'))
			.flatMap((file) => [...readText(file).matchAll(/\bnpm run ([\w:-]+)(?! -w)/g)].map(([, name = '']) => ({ file, name })));
		expect(
			named
				.filter(({ name }) => !known.has(name))
				.map(({ file, name }) => `${file} names \`npm run ${name}\`; package.json has no such script.`),
		).toEqual([]);
		const readme = readText('README.md');
		const silent = scripts.filter((name) => name !== 'prepare' && !new RegExp(`npm (?:run )?${name}\\b`).test(readme));
		expect(silent.map((name) => `README.md does not say what \`npm run ${name}\` does.`)).toEqual([]);
	});
});

describe('examples in documents', () => {
	const blocks = documents.flatMap((file) =>
		readMarkdown(readText(file))
			.fences.filter(({ lang }) => ['yaml', 'yml'].includes(lang))
			.map((fence) => ({ ...fence, at: `${file}:${fence.line}` })),
	);
	const configurations = [
		...blocks.filter(({ text }) => /^services:/m.test(text)),
		...files
			.filter((file) => /(?:^|\/)holdfast\.yaml$/.test(file) && !file.includes('/fixtures/'))
			.map((file) => ({ at: file, text: readText(file) })),
	];

	it('every YAML block parses', () => {
		const problems = blocks.flatMap(({ at, text }) => parseDocument(text).errors.map((error) => `${at} ${error.message}`));
		expect(problems).toEqual([]);
	});

	it('every holdfast.yaml keeps to the published schema', () => {
		expect(files, `${SCHEMA} is published with the repository`).toContain(SCHEMA);
		const validate = new Ajv2020({ allErrors: true, strict: false, validateFormats: false }).compile(JSON.parse(readText(SCHEMA)));
		const problems = configurations.flatMap(({ at, text }) =>
			validate(parse(text)) ? [] : (validate.errors ?? []).map((error) => `${at} ${error.instancePath || '(top)'} ${error.message}`),
		);
		expect(problems).toEqual([]);
		expect(validate({ version: 1, servcies: {} }), 'the schema accepts a misspelt key').toBe(false);
	});
});

it('no file holds a path of this machine or the name of a package registry', () => {
	const everywhere = [root, join(dirname(root), 'shared')];
	const texts = files.filter((file) => !/\.(?:png|jpe?g|ico|woff2?|gz|pdf)$/.test(file));
	const problems = texts.flatMap((file) => {
		const places = file.endsWith('.md') ? [...everywhere, homedir()] : everywhere;
		return judgeMachineTraces(file, readFileSync(join(root, file), 'utf8'), places);
	});
	expect(problems).toEqual([]);
});
