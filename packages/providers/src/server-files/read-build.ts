import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApplicationBuild, VendorVerdict } from '@holdfast/checks/vendors';
import { createFileMeasure, type FileMeasure } from './file-measure.ts';
import { findNamedFiles } from './find-named-files.ts';
import { findRoutes } from './find-routes.ts';
import { describeAbort, describeFileError } from './open-file.ts';
import { readTextFile } from './read-text-file.ts';

/** Most names of missing files that are given. */
const maxNames = 50;

/** Reads a Next.js build: what its manifests name, whether it is there, and what each route’s first load weighs. */
export function createBuildReader(measure: FileMeasure = createFileMeasure()) {
	return async (folder: string, signal: AbortSignal): Promise<VendorVerdict<ApplicationBuild>> => {
		if (signal.aborted) return describeAbort('the build');
		const build = await findBuildFolder(folder);
		if (build === null) {
			try {
				await stat(folder);
			} catch (error) {
				return describeFileError(error, folder, 'The checkout', 'checkout');
			}
			return {
				kind: 'no-answer',
				code: 'not-found',
				reason: `${folder} holds no build: there is no .next folder`,
				enable: 'run the application’s build, or set `checkout` in holdfast.yaml to the folder that it runs from',
			};
		}
		const id = (await readTextFile(join(build, 'BUILD_ID')))?.trim().slice(0, 100) ?? null;
		const named = await findNamedFiles(build);
		const sizes = await Promise.all(named.map(async (file) => [file, await measure.size(join(build, file))] as const));
		if (signal.aborted) return describeAbort('the build');
		const missing = sizes.filter(([, size]) => size === null).map(([file]) => file);
		const empty = sizes.filter(([, size]) => size === 0).map(([file]) => file);
		const routes = await measureRoutes(build, measure, signal);
		if (routes === null) return describeAbort('the build');
		return {
			kind: 'answer',
			value: {
				id: id === '' ? null : id,
				builtAt: await readBuiltAt(build),
				framework: await readFramework(build),
				missing: missing.slice(0, maxNames),
				empty: empty.slice(0, maxNames),
				routes,
			},
		};
	};
}

/** The folder itself when it is the build, else its `.next`. A development server’s folder is no build. */
async function findBuildFolder(folder: string): Promise<string | null> {
	for (const candidate of [join(folder, '.next'), folder]) {
		for (const sign of ['BUILD_ID', 'build-manifest.json', 'routes-manifest.json']) {
			const found = await stat(join(candidate, sign)).catch(() => null);
			if (found?.isFile() === true) return candidate;
		}
	}
	return null;
}

async function measureRoutes(build: string, measure: FileMeasure, signal: AbortSignal): Promise<ApplicationBuild['routes'] | null> {
	const routes: ApplicationBuild['routes'][number][] = [];
	for (const { route, files } of await findRoutes(build)) {
		if (signal.aborted) return null;
		const measured = await Promise.all(files.map(async (file) => ({ file, ...(await measure.weigh(join(build, file))) })));
		routes.push({
			route,
			bytes: measured.reduce((sum, { bytes }) => sum + bytes, 0),
			gzipBytes: measured.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0),
			files: measured.toSorted((a, b) => b.gzipBytes - a.gzipBytes),
		});
	}
	return routes.toSorted((a, b) => (a.route < b.route ? -1 : 1));
}

async function readBuiltAt(build: string): Promise<string | null> {
	const found = await stat(join(build, 'BUILD_ID')).catch(() => null);
	return found?.mtime.toISOString() ?? null;
}

async function readFramework(build: string): Promise<string | null> {
	const text = await readTextFile(join(build, 'diagnostics/framework.json'));
	const version = /"version"\s*:\s*"([\w.+-]{1,40})"/.exec(text ?? '')?.[1];
	return version === undefined ? null : `next ${version}`;
}
