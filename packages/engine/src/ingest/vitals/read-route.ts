const MAX_SEGMENTS = 12;

/**
 * A route pattern as it is (`/products/[slug]`), a path with a star in place of every segment that names one thing rather than a page. Without query and fragment.
 * The same rule as the kit's own receiver has, so that both tell the same routes. Null for what does not begin with a slash.
 */
export function readRoute(value: unknown): string | null {
	if (typeof value !== 'string' || !value.startsWith('/') || value.length > 2_000) return null;
	const segments = (value.split(/[?#]/)[0] ?? '/').split('/').slice(0, MAX_SEGMENTS);
	return segments.map((part) => (isPattern(part) || isPage(part) ? part : '*')).join('/');
}

function isPattern(part: string): boolean {
	return /^\[[^\]\s]{1,60}\]{1,2}$/.test(part);
}

function isPage(part: string): boolean {
	return part.length <= 24 && !/\d{3}/.test(part) && !/\p{Cc}/u.test(part);
}
