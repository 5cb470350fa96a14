/** A path of this shop that a visitor may be sent to, or `fallback`: never another host, whatever the parameter holds. */
export function localPath(value: string | undefined, fallback: string): string {
	if (value === undefined || !value.startsWith('/') || /[\\\s\p{Cc}]/u.test(value) || value.length > 500) return fallback;
	const url = new URL(value, 'http://shop.invalid');
	return url.host === 'shop.invalid' && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : fallback;
}
