import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AppEntry, isLoadedWith, readEntry, routeOf } from './app-entry.ts';

type Chunks = ReadonlyMap<string, readonly string[]>;

/** Route → its files of the first load, relative to the `.next` folder. Rejects when the folder holds none of the lists that Next writes. */
export async function findChunks(folder: string): Promise<Chunks> {
	const found = (await fromStats(folder)) ?? (await fromAppManifest(folder)) ?? (await fromClientManifests(folder));
	if (found !== null) return found;
	throw new Error(`readBundle: expected the .next folder of a finished build, got ${folder} without a list of the files of each route.`);
}

/** Next 16 with Turbopack: a list as it is needed; its paths begin with the name of the build folder. */
async function fromStats(folder: string): Promise<Chunks | null> {
	const stats = await readJson(join(folder, 'diagnostics/route-bundle-stats.json'));
	if (!Array.isArray(stats)) return null;
	return collect(
		stats.flatMap((entry: unknown): [string, unknown][] =>
			isRecord(entry) && typeof entry.route === 'string' ? [[entry.route, entry.firstLoadChunkPaths]] : [],
		),
	);
}

/** Next 15: the files of every entry, `/products/layout` and `/products/page` each with their own under webpack, only pages under Turbopack. */
async function fromAppManifest(folder: string): Promise<Chunks | null> {
	const manifest = await readJson(join(folder, 'app-build-manifest.json'));
	if (!isRecord(manifest) || !isRecord(manifest.pages)) return null;
	const entries = Object.entries(manifest.pages).map(([path, files]) => ({ entry: readEntry(path), files }));
	return collect(
		entries.flatMap(({ entry: page }): [string, unknown][] => {
			const route = routeOf(page);
			if (route === null) return [];
			return entries.flatMap(({ entry, files }): [string, unknown][] => (isLoadedWith(entry, page) ? [[route, files]] : []));
		}),
	);
}

/** Next 16 with webpack writes no list: what all pages load, and the chunks of client modules by the manifest of each page. */
async function fromClientManifests(folder: string): Promise<Chunks | null> {
	const build = await readJson(join(folder, 'build-manifest.json'));
	const paths = await readJson(join(folder, 'server/app-paths-manifest.json'));
	if (!isRecord(build) || !isRecord(paths)) return null;
	const found: [string, unknown][] = [];
	for (const [path, file] of Object.entries(paths)) {
		const page = readEntry(path);
		const route = routeOf(page);
		if (route === null || typeof file !== 'string') continue;
		const manifest = join(folder, 'server', file.replace(/\.js$/, '_client-reference-manifest.js'));
		const text = await readFile(manifest, 'utf8').catch(() => null);
		if (text !== null) found.push([route, build.rootMainFiles], [route, readModules(text, page)]);
	}
	return found.length === 0 ? null : collect(found);
}

/** The manifest is a script that assigns one object; a module's chunks are id, file, id, file. One of them is named after its entry. */
function readModules(text: string, page: AppEntry): string[] {
	const manifest = parse(text.replace(/^[\s\S]*?\]\s*=\s*(?=\{")/, '').replace(/;\s*$/, ''));
	const modules = isRecord(manifest) && isRecord(manifest.clientModules) ? Object.values(manifest.clientModules) : [];
	return modules.flatMap((module) => {
		const files = isRecord(module) ? scripts(module.chunks).map(decodePath) : [];
		const own = files.flatMap((file) => /^static\/chunks\/app((?:\/.*)?\/[\w-]+)-[\da-f]+\.js$/.exec(file)?.[1] ?? []);
		return own.some((path) => isLoadedWith(readEntry(path), page)) ? files : [];
	});
}

function collect(lists: readonly [string, unknown][]): Chunks {
	const chunks = new Map<string, Set<string>>();
	for (const [route, files] of lists) {
		const known = chunks.get(route) ?? new Set();
		for (const file of scripts(files)) known.add(file.replace(/^.*?(?=static\/)/, ''));
		chunks.set(route, known);
	}
	return new Map([...chunks].map(([route, files]) => [route, [...files]]));
}

function scripts(files: unknown): string[] {
	if (!Array.isArray(files)) return [];
	return files.filter((file): file is string => typeof file === 'string' && file.endsWith('.js') && !file.includes('..'));
}

/** As on the disk: `%40modal` is `@modal`. */
function decodePath(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

async function readJson(file: string): Promise<unknown> {
	return parse(await readFile(file, 'utf8').catch(() => ''));
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
