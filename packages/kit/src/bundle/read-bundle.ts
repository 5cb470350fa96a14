import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { findChunks } from './find-chunks.ts';

const compress = promisify(gzip);

export interface BundleRoute {
	/** Route pattern, for example `/products/[slug]`. */
	readonly route: string;
	/** JavaScript that the first visit fetches, in bytes, as it is and under gzip (level 9). */
	readonly bytes: number;
	readonly gzipBytes: number;
	readonly files: number;
}

export interface Bundle {
	/** Next's build id; null when there is none. */
	readonly buildId: string | null;
	/** Largest first load first. */
	readonly routes: readonly BundleRoute[];
}

/**
 * Measures the first load of every page of a build. `folder`: the `.next` folder of a finished `next build` of Next 15 or 16, by webpack or
 * Turbopack. Polyfills that today's browsers leave alone are not counted. Rejects with one sentence when there is no such build, or when a file of it is gone.
 */
export async function readBundle(folder: string): Promise<Bundle> {
	const chunks = await findChunks(folder);
	const sizes = new Map<string, Promise<{ bytes: number; gzipBytes: number }>>();
	const measure = (chunk: string) => {
		const known = sizes.get(chunk) ?? measureFile(join(folder, chunk));
		sizes.set(chunk, known);
		return known;
	};
	const routes = await Promise.all(
		[...chunks].map(async ([route, files]): Promise<BundleRoute> => {
			const measured = await Promise.all(files.map(measure));
			const sum = (pick: 'bytes' | 'gzipBytes') => measured.reduce((total, size) => total + size[pick], 0);
			return { route, bytes: sum('bytes'), gzipBytes: sum('gzipBytes'), files: files.length };
		}),
	);
	const buildId = await readFile(join(folder, 'BUILD_ID'), 'utf8').catch(() => null);
	return {
		buildId: buildId?.trim() || null,
		routes: routes.sort((one, other) => other.gzipBytes - one.gzipBytes || one.route.localeCompare(other.route)),
	};
}

async function measureFile(file: string): Promise<{ bytes: number; gzipBytes: number }> {
	const content = await readFile(file).catch((cause: unknown) => {
		throw new Error(`readBundle: the build names ${file}, which cannot be read. Build again.`, { cause });
	});
	return { bytes: content.byteLength, gzipBytes: (await compress(content, { level: 9 })).byteLength };
}
