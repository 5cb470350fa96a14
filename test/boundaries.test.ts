import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { judgeImport } from './house/boundary-rules.ts';
import { isCode, isTestCode, listFiles, readText, root } from './house/list-files.ts';
import { readHouse } from './house/read-house.ts';
import { isBarrel, scanImports } from './house/scan-imports.ts';

const house = readHouse();
const files = listFiles().filter(isCode);
const entryFiles = new Set(house.workspaces.flatMap((workspace) => Object.values(workspace.sources)));

it('every import keeps to the table of ARCHITECTURE.md', () => {
	const problems = files.flatMap((file) =>
		scanImports(readText(file)).flatMap((imported) => {
			const sentence = judgeImport(house, file, imported, isTestCode(file));
			return sentence === null ? [] : [`${file}:${imported.line} ${sentence}`];
		}),
	);
	expect(problems).toEqual([]);
});

it('the imports of every package are seen', () => {
	for (const workspace of house.workspaces) {
		const own = files.filter((file) => file.startsWith(`${workspace.folder}/`));
		const found = own.reduce((sum, file) => sum + scanImports(readText(file)).length, 0);
		if (own.length > 1) expect(found, `no import found in ${workspace.folder}: is the scanner blind?`).toBeGreaterThan(0);
	}
});

it('every published entry point has its source', () => {
	const missing = house.workspaces.flatMap((workspace) =>
		Object.entries(workspace.sources)
			.filter(([, source]) => !existsSync(join(root, source)))
			.map(
				([entry, source]) =>
					`${workspace.folder}/package.json publishes "${entry}", but ${source} does not exist. Write it, or take the line out.`,
			),
	);
	expect(missing).toEqual([]);
});

it('only entry files pass on what lives elsewhere', () => {
	const barrels = files.filter((file) => file.startsWith('packages/') && !entryFiles.has(file) && isBarrel(readText(file)));
	expect(barrels.map((file) => `${file} only re-exports. Import the files themselves, or make it an entry point.`)).toEqual([]);
});
