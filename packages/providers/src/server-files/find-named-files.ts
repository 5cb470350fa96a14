import { join, posix } from 'node:path';
import { z } from 'zod';
import { findStaticFiles, readClientManifest, toBuildPath } from './client-manifest.ts';
import { readJsonFile, readTextFile } from './read-text-file.ts';

/** Without these no build starts (Next.js 15 and 16). */
const required = ['BUILD_ID', 'build-manifest.json', 'routes-manifest.json', 'prerender-manifest.json'];

const Files = z.array(z.string()).catch([]);
const BuildManifest = z.object({
	rootMainFiles: Files,
	polyfillFiles: Files,
	lowPriorityFiles: Files,
	pages: z.record(z.string(), Files).catch({}),
});
const PathsManifest = z.record(z.string(), z.string());
const Trace = z.object({ files: z.array(z.string()) });

/** Most pages whose manifests are read. */
const maxPages = 300;

/** Every file that the build’s manifests name, from the build folder, each once. */
export async function findNamedFiles(build: string): Promise<readonly string[]> {
	const named = new Set<string>(required);
	const add = (file: string | null) => {
		if (file !== null) named.add(file);
	};
	const manifest = BuildManifest.safeParse(await readJsonFile(join(build, 'build-manifest.json')));
	if (manifest.success) {
		const { rootMainFiles, polyfillFiles, lowPriorityFiles, pages } = manifest.data;
		for (const file of [...rootMainFiles, ...polyfillFiles, ...lowPriorityFiles, ...Object.values(pages).flat()]) add(toBuildPath(file));
	}
	for (const file of ['app-build-manifest.json', 'react-loadable-manifest.json', 'diagnostics/route-bundle-stats.json'])
		for (const found of findStaticFiles((await readTextFile(join(build, file))) ?? '')) add(found);
	for (const entry of await findServerEntries(build)) {
		add(entry);
		for (const file of await readTrace(build, entry)) add(file);
		const client = await readTextFile(join(build, entry.replace(/\.js$/, '_client-reference-manifest.js')));
		if (client !== null) for (const file of readClientManifest(client).files) add(file);
	}
	return [...named];
}

/** Server files of the application’s pages and handlers: `server/app/products/page.js`. */
export async function findServerEntries(build: string): Promise<readonly string[]> {
	const entries: string[] = [];
	for (const name of ['app-paths-manifest.json', 'pages-manifest.json']) {
		const paths = PathsManifest.safeParse(await readJsonFile(join(build, 'server', name)));
		if (paths.success) for (const file of Object.values(paths.data)) entries.push(...[toBuildPath(`server/${file}`) ?? []].flat());
	}
	return entries.filter((entry) => /\.(?:js|html)$/.test(entry)).slice(0, maxPages);
}

/** What the server file needs of the build itself: its chunks. What lies outside moves with the way of installing. */
async function readTrace(build: string, entry: string): Promise<readonly string[]> {
	const trace = Trace.safeParse(await readJsonFile(join(build, `${entry}.nft.json`)));
	if (!trace.success) return [];
	return trace.data.files.map((file) => posix.join(posix.dirname(entry), file)).filter((file) => /^server\/.*\.js$/.test(file));
}
