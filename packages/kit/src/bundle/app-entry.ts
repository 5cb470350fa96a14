/** A file of Next's `app` folder, as its manifests name it: folder `/(shop)/products`, name `layout`. */
export interface AppEntry {
	readonly folder: string;
	readonly name: string;
}

/** `/(shop)/products/layout` → folder and name. */
export function readEntry(path: string): AppEntry {
	const at = path.lastIndexOf('/');
	return { folder: path.slice(0, at), name: path.slice(at + 1) };
}

/** The route of a page; null for what is none or what nobody visits first: pages shown over another (`(.)photo`), the page of last resort. */
export function routeOf({ folder, name }: AppEntry): string | null {
	if (name !== 'page' || folder === '/_global-error' || /\/\(\.{1,3}\)/.test(folder)) return null;
	const parts = segmentsOf(folder).filter((part) => !/^\(.*\)$/.test(part));
	return `/${parts.join('/')}`;
}

/**
 * Whether the first visit of a page fetches what belongs to an entry: the page itself, and of its folder and all above the layout, template, error,
 * loading, not-found and default of parallel slots. Seen in Chromium with Next 15.5.29 and 16.4.6, webpack.
 */
export function isLoadedWith(entry: AppEntry, page: AppEntry): boolean {
	if (entry.name === 'page') return entry.folder === page.folder;
	if (entry.name === 'route') return false;
	const below = segmentsOf(page.folder);
	return segmentsOf(entry.folder).every((part, index) => part === below[index]);
}

/** Slots (`@modal`) are no part of the way to a page. */
function segmentsOf(folder: string): string[] {
	return folder.split('/').filter((part) => part !== '' && !part.startsWith('@'));
}
