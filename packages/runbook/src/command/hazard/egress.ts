import { type Judgement, judged } from '../call.ts';

/**
 * Where a URL leads: to this machine, a private network, a metadata service, or no web address at all (rule E27).
 * Ranges: RFC 1918, RFC 3927 (link-local, with the clouds' metadata service), RFC 6598, RFC 4193, loopback.
 * Names are not resolved here; whoever sends the request checks the address again.
 */
export function judgeEgress(url: string): Judgement {
	const text = url.trim();
	const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? (/^file:/i.test(text) ? 'file' : 'http');
	if (scheme === 'file') return judged('read', { class: 'egress', why: 'reads a file of this machine by URL' });
	if (scheme !== 'http' && scheme !== 'https') return judged('unknown', { class: 'egress', why: `speaks ${scheme}, not HTTP` });
	const host = hostOf(text);
	if (isMetadata(host))
		return judged('read', { class: 'egress', why: 'asks the metadata service of the machine, which hands out credentials' });
	if (isPrivate(host)) return judged('read', { class: 'egress', why: 'asks this machine or a private network' });
	return judged('read');
}

function hostOf(url: string): string {
	const rest = url.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
	const authority = /^[^/?#\\]*/.exec(rest)?.[0] ?? '';
	const host = authority.slice(authority.lastIndexOf('@') + 1);
	return (host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host.replace(/:\d*$/, '')).toLowerCase().replace(/\.$/, '');
}

function isMetadata(host: string): boolean {
	return /^(?:169\.254\.169\.254|169\.254\.170\.2|metadata\.google\.internal|metadata|100\.100\.100\.200|\[fd00:ec2::254\])$/.test(host);
}

function isPrivate(host: string): boolean {
	if (/^(?:localhost|.*\.localhost|.*\.local|.*\.internal|.*\.lan|.*\.svc(?:\.cluster\.local)?)$/.test(host)) return true;
	if (host.startsWith('[')) return /^\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::ffff:.*|64:ff9b:.*)\]$/.test(host);
	// Numbers in other spellings (decimal, octal, hexadecimal) reach the same addresses.
	if (/^(?:0x[0-9a-f]+|\d{5,})$/.test(host) || /^0\d*\.|\.0\d|0x/.test(host)) return true;
	return /^(?:10|127|0)(?:\.\d{1,3}){1,3}$|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d/.test(
		host,
	);
}
