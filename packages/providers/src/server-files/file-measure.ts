import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface FileMeasure {
	/** Bytes on the disk; null when there is no such file. */
	readonly size: (path: string) => Promise<number | null>;
	/** Bytes as they lie and as they are sent. Nothing for a file that is not there. */
	readonly weigh: (path: string) => Promise<{ readonly bytes: number; readonly gzipBytes: number }>;
}

const compress = promisify(gzip);
/** A chunk of JavaScript; what is longer is counted as it lies. */
const maxBytes = 32 * 1024 * 1024;

/** Compresses each file once as long as its size and time stay: routes share most of their chunks, and the next question asks for the same. */
export function createFileMeasure(): FileMeasure {
	const known = new Map<string, { readonly stamp: string; readonly gzipBytes: Promise<number> }>();
	return {
		size: async (path) => {
			const found = await stat(path).catch(() => null);
			return found?.isFile() === true ? found.size : null;
		},
		weigh: async (path) => {
			const found = await stat(path).catch(() => null);
			if (found?.isFile() !== true) return { bytes: 0, gzipBytes: 0 };
			const stamp = `${found.size}/${found.mtimeMs}`;
			let entry = known.get(path);
			if (entry?.stamp !== stamp) {
				if (known.size >= 2000) known.clear();
				entry = { stamp, gzipBytes: found.size > maxBytes ? Promise.resolve(found.size) : compressedSize(path) };
				known.set(path, entry);
			}
			return { bytes: found.size, gzipBytes: await entry.gzipBytes };
		},
	};
}

async function compressedSize(path: string): Promise<number> {
	try {
		return (await compress(await readFile(path))).byteLength;
	} catch {
		return 0;
	}
}
