import { describe, expect, it } from 'vitest';
import { isBarrel, scanImports } from './scan-imports.ts';

/** `x` a value import, `type x` a type import, `?` one that can't be read. */
function read(source: string): string[] {
	return scanImports(source).map(({ specifier, typeOnly }) => `${typeOnly ? 'type ' : ''}${specifier ?? '?'}`);
}

describe('scanImports', () => {
	it.each([
		["import { a } from 'x';", ['x']],
		['import a, { b } from "x"', ['x']],
		["import * as a from 'x'", ['x']],
		["import 'x';", ['x']],
		["import type { A } from 'x';", ['type x']],
		["import type A from 'x';", ['type x']],
		["import type from 'x';", ['x']],
		["import { type A } from 'x';", ['x']],
		["import {\n\ta,\n\tb,\n} from 'x';", ['x']],
		["export { a } from 'x';", ['x']],
		["export * from 'x';", ['x']],
		["export * as a from 'x';", ['x']],
		["export type { A } from 'x';", ['type x']],
		["const a = await import('x');", ['x']],
		["const a = import(\n\t'x',\n);", ['x']],
		["type A = typeof import('x');", ['type x']],
		["const a = require('x');", ['x']],
		["require.resolve('x')", ['x']],
		["import.meta.resolve('x')", ['x']],
		['await import(name)', ['?']],
		['await import(`x/${name}`)', ['?']],
	])('finds the import in %j', (source, expected) => {
		expect(read(source)).toEqual(expected);
	});

	it.each([
		"// import 'x'",
		"/* import { a } from 'x' */",
		"/**\n * import('x')\n */",
		'const text = "import a from \'x\'";',
		'const text = `import a from "x"`;',
		"const pattern = /import 'x'/;",
		"const from = 'x';",
		"export const from = 'x';",
		"export const a = { from: 'x' };",
		"loader.import('x')",
		'const a = import.meta.url;',
	])('finds nothing in %j', (source) => {
		expect(read(source)).toEqual([]);
	});

	it('is not led astray by what stands before an import', () => {
		const before = ['`${a ? `${{ b: 1 }.b}` : "}"}`', "'it\\'s'", '/[/"]/.test(a)', 'a / b / c', '"http://x"', '`//`', "/* ' */"];
		for (const text of before) expect(read(`const x = ${text};\nimport y from 'y';`), text).toEqual(['y']);
	});

	it('goes on after an apostrophe between JSX tags', () => {
		expect(read("import a from 'a';\nconst b = <p>Don't</p>;\nconst c = import('c');")).toEqual(['a', 'c']);
	});

	it('gives the line of each', () => {
		expect(scanImports("// one\nimport a from 'a';\n\nimport b from 'b';").map(({ line }) => line)).toEqual([2, 4]);
	});
});

describe('isBarrel', () => {
	it('knows a file that only passes on', () => {
		expect(isBarrel("/** All. */\nexport { a } from './a.ts';\nexport type { B } from './b.ts';\nexport * from './c.ts';")).toBe(true);
	});

	it('leaves a file with a word of its own, and an empty one', () => {
		expect(isBarrel("export { a } from './a.ts';\nexport const b = 1;")).toBe(false);
		expect(isBarrel('// nothing')).toBe(false);
	});
});
