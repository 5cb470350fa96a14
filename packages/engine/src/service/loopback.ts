/** Whether a URL names this machine itself: `localhost`, names below it, 127.0.0.0/8, ::1 (RFC 6761, RFC 1122, RFC 4291). */
export function isLoopbackUrl(url: URL): boolean {
	const host = url.hostname.toLowerCase().replace(/\.$/, '');
	return host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(host) || host === '[::1]';
}
