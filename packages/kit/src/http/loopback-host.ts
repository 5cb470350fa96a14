/**
 * True for hosts that browsers count as this machine, where they accept `Secure` cookies over plain http:
 * `localhost`, names below it, 127.0.0.0/8 and ::1 (W3C Secure Contexts, "potentially trustworthy origin").
 * `hostname` is without port; IPv6 with or without brackets.
 */
export function isLoopbackHost(hostname: string): boolean {
	const host = hostname.toLowerCase().replace(/\.$/, '');
	if (host === 'localhost' || host.endsWith('.localhost')) return true;
	if (host === '::1' || host === '[::1]') return true;
	const octets = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
	return octets?.slice(1).every((octet) => Number(octet) <= 255) ?? false;
}
