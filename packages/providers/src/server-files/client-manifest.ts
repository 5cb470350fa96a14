/** `page_client-reference-manifest.js`: a script that assigns JSON to a global (Next.js 15 and 16, both bundlers). Pure. */
import { parseJson } from '../http/shown-text.ts';

export interface ClientManifest {
	/** First-load JavaScript of the page and its layouts. */
	readonly entryFiles: readonly string[];
	/** All files of scripts and styles that it names. */
	readonly files: readonly string[];
}

export function readClientManifest(text: string): ClientManifest {
	const start = text.search(/\]\s*=\s*[{"]/);
	const json = start === -1 ? undefined : parseAssigned(text.slice(text.indexOf('=', start) + 1));
	return { entryFiles: collectEntries(json), files: findStaticFiles(text) };
}

function parseAssigned(text: string): unknown {
	const body = text.trim().replace(/;?\s*$/, '');
	const value = parseJson(body);
	return typeof value === 'string' ? parseJson(value) : value;
}

function collectEntries(json: unknown): readonly string[] {
	if (typeof json !== 'object' || json === null || !('entryJSFiles' in json)) return [];
	const entries = json.entryJSFiles;
	if (typeof entries !== 'object' || entries === null) return [];
	return Object.values(entries)
		.flat()
		.filter((file) => typeof file === 'string')
		.flatMap((file) => toBuildPath(file) ?? []);
}

/** Every `static/….js` or `.css` in the text, whatever stands before it (`/_next/`, a prefix). */
export function findStaticFiles(text: string): readonly string[] {
	const files = new Set<string>();
	for (const [, file = ''] of text.matchAll(/["'/](static\/[^"'\\?#\s]{1,300}?\.(?:js|css))(?=["'\\?#])/g)) {
		const path = toBuildPath(file);
		if (path !== null) files.add(path);
	}
	return [...files];
}

/** @returns the path from the build folder; null for what leads out of it or is no file of the build. */
export function toBuildPath(named: string): string | null {
	let path = named
		.replace(/^\/?_next\//, '')
		.replace(/^\.next\//, '')
		.replace(/^\.?\//, '');
	try {
		path = decodeURIComponent(path);
	} catch {
		// A percent sign of its own.
	}
	return path === '' || path.includes('\0') || path.split('/').includes('..') || /^[a-z]+:/i.test(path) ? null : path;
}
