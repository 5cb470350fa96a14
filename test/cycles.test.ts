import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycles } from './house/find-cycle.ts';
import { isCode, listFiles, readText } from './house/list-files.ts';
import { readHouse } from './house/read-house.ts';
import { scanImports } from './house/scan-imports.ts';

describe('findCycles', () => {
	it.each([
		[{ a: ['b'], b: ['c'], c: [] }, []],
		[{ a: ['b', 'c'], b: ['c'], c: [] }, []],
		[{ a: ['a'] }, ['a → a']],
		[{ a: ['b'], b: ['c'], c: ['b'] }, ['b → c → b']],
		[{ a: ['b'], b: ['a'], c: ['d'], d: ['c'] }, ['a → b → a', 'c → d → c']],
	])('%j', (graph, expected) => {
		expect(findCycles(new Map(Object.entries(graph))).map((cycle) => cycle.join(' → '))).toEqual(expected);
	});
});

it('no module loads itself by way of others', () => {
	const graph = readGraph();
	expect([...graph.values()].flat().length, 'no edge found: is the scanner blind?').toBeGreaterThan(0);
	const cycles = findCycles(graph).map(
		(cycle) => `${cycle.join(' → ')}. Move what both need into a file of its own, or import only the type.`,
	);
	expect(cycles).toEqual([]);
});

/** Imports of types are left out: they are erased, so they put nothing in order at run time. */
function readGraph(): Map<string, readonly string[]> {
	const files = listFiles().filter(isCode);
	const known = new Set(files);
	const entries = new Map(
		readHouse().workspaces.flatMap(({ name, sources }) =>
			Object.entries(sources).map(([entry, source]) => [name + entry.slice(1), source] as const),
		),
	);
	const resolve = (file: string, specifier: string): string | undefined =>
		specifier.startsWith('.') ? complete(posix.join(posix.dirname(file), specifier)) : entries.get(specifier);
	const complete = (path: string): string | undefined =>
		[path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`].find((candidate) => known.has(candidate));

	return new Map(
		files.map((file) => [
			file,
			scanImports(readText(file)).flatMap(({ specifier, typeOnly }) => {
				const target = specifier === null || typeOnly ? undefined : resolve(file, specifier);
				return target === undefined ? [] : [target];
			}),
		]),
	);
}
