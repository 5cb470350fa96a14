import { join } from 'node:path';
import { z } from 'zod';
import { readClientManifest, toBuildPath } from './client-manifest.ts';
import { findServerEntries } from './find-named-files.ts';
import { readJsonFile, readTextFile } from './read-text-file.ts';

export interface RouteFiles {
	readonly route: string;
	/** JavaScript of the first load, from the build folder, each once. */
	readonly files: readonly string[];
}

const Files = z.array(z.string()).catch([]);
const Stats = z.array(z.object({ route: z.string(), firstLoadChunkPaths: Files }));
const Pages = z.object({ pages: z.record(z.string(), Files) });
const Root = z.object({ rootMainFiles: Files, pages: z.record(z.string(), Files).catch({}) });

/** Most routes that are measured. */
const maxRoutes = 200;

/** First loads, by whatever this version and bundler writes: Turbopack’s statistics, the manifest of webpack, or each page’s own manifest. */
export async function findRoutes(build: string): Promise<readonly RouteFiles[]> {
	for (const read of [fromStats, fromAppManifest, fromClientManifests]) {
		const routes = (await read(build)).filter(({ route }) => !route.startsWith('/_'));
		if (routes.length > 0) return routes.slice(0, maxRoutes);
	}
	return [];
}

/** `diagnostics/route-bundle-stats.json`: Next.js 16 with Turbopack. */
async function fromStats(build: string): Promise<readonly RouteFiles[]> {
	const stats = Stats.safeParse(await readJsonFile(join(build, 'diagnostics/route-bundle-stats.json')));
	return stats.success ? stats.data.map(({ route, firstLoadChunkPaths }) => ({ route, files: scripts(firstLoadChunkPaths) })) : [];
}

/** `app-build-manifest.json`: Next.js 15 with webpack. A page also loads the scripts of the layouts above it. */
async function fromAppManifest(build: string): Promise<readonly RouteFiles[]> {
	const manifest = Pages.safeParse(await readJsonFile(join(build, 'app-build-manifest.json')));
	if (!manifest.success) return [];
	const { pages } = manifest.data;
	return Object.entries(pages).flatMap(([key, files]) => {
		if (!key.endsWith('/page')) return [];
		const folder = key.slice(0, -'/page'.length);
		const layouts = Object.entries(pages).filter(
			([other]) => other.endsWith('/layout') && `${folder}/`.startsWith(`${other.slice(0, -'/layout'.length)}/`),
		);
		return [{ route: toRoute(folder), files: scripts([...files, ...layouts.flatMap(([, chunks]) => chunks)]) }];
	});
}

/** `rootMainFiles` and each page’s client manifest: Next.js 16 with webpack. */
async function fromClientManifests(build: string): Promise<readonly RouteFiles[]> {
	const root = Root.safeParse(await readJsonFile(join(build, 'build-manifest.json')));
	if (!root.success) return [];
	const routes: RouteFiles[] = [];
	for (const entry of await findServerEntries(build)) {
		const folder = /^server\/app(\/.*)?\/page\.js$/.exec(entry);
		const text = folder === null ? null : await readTextFile(join(build, entry.replace(/\.js$/, '_client-reference-manifest.js')));
		if (folder === null || text === null) continue;
		routes.push({ route: toRoute(folder[1] ?? ''), files: scripts([...root.data.rootMainFiles, ...readClientManifest(text).entryFiles]) });
	}
	const app = root.data.pages['/_app'] ?? [];
	for (const [route, files] of Object.entries(root.data.pages))
		if (files.length > 0 && !route.startsWith('/_')) routes.push({ route, files: scripts([...app, ...files]) });
	return routes;
}

/** Route groups and slots do not stand in addresses: `/(shop)/products` is `/products`. */
function toRoute(folder: string): string {
	const parts = folder.split('/').filter((part) => part !== '' && !/^\(.*\)$/.test(part) && !part.startsWith('@'));
	return `/${parts.join('/')}`;
}

function scripts(files: readonly string[]): readonly string[] {
	return [...new Set(files.flatMap((file) => toBuildPath(file) ?? []))].filter((file) => file.endsWith('.js'));
}
