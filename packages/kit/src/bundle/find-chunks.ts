import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Route → its files of the first load, relative to the `.next` folder. Rejects when the folder holds neither list that Next writes. */
export async function findChunks(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
	const stats = await readJson(join(folder, 'diagnostics/route-bundle-stats.json'));
	if (Array.isArray(stats)) return new Map(stats.flatMap(fromStats));
	const manifest = await readJson(join(folder, 'app-build-manifest.json'));
	const pages = isRecord(manifest) ? manifest.pages : undefined;
	if (isRecord(pages)) return new Map(Object.entries(pages).flatMap(fromManifest));
	throw new Error(`readBundle: expected the .next folder of a finished build, got ${folder} without a list of the files of each route.`);
}

/** Written by Turbopack; its paths begin with the name of the build folder. */
function fromStats(entry: unknown): [string, string[]][] {
	if (!isRecord(entry) || typeof entry.route !== 'string') return [];
	return [[entry.route, scripts(entry.firstLoadChunkPaths).map((path) => path.replace(/^.*?(?=static\/)/, ''))]];
}

/** Written by webpack up to Next 15: `/products/page` → files. Layouts and route handlers are no pages. */
function fromManifest([name, files]: [string, unknown]): [string, string[]][] {
	if (!name.endsWith('/page')) return [];
	const route = name.replace(/\/page$/, '').replace(/\/\([^/]+\)/g, '');
	return [[route === '' ? '/' : route, scripts(files)]];
}

function scripts(files: unknown): string[] {
	if (!Array.isArray(files)) return [];
	const names = files.filter((file): file is string => typeof file === 'string' && file.endsWith('.js') && !file.includes('..'));
	return [...new Set(names)];
}

async function readJson(file: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch {
		return null;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
