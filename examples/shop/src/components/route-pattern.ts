/** The route behind a path: `/products/rope` with `{ slug: 'rope' }` → `/products/[slug]`. The last segment that holds the value is taken. */
export function findRoutePattern(pathname: string, params: Readonly<Record<string, string | string[] | undefined>>): string {
	const segments = pathname.split('/');
	for (const [name, value] of Object.entries(params)) {
		if (typeof value !== 'string') continue;
		const at = segments.findLastIndex((segment) => segment === value || segment === encodeURIComponent(value));
		if (at > 0) segments[at] = `[${name}]`;
	}
	return segments.join('/');
}
