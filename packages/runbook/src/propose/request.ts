import type { Command } from '../model.ts';
import { findHostVendor, type Vendor } from './vendors.ts';

/** A plain GET or HEAD that a command makes, or a URL that is named. */
export interface Request {
	readonly host: string;
	/** As written; null where there is none. */
	readonly port: string | null;
	/** Path and query as written; `/` where there is none. */
	readonly path: string;
	/** The host is one that the document leaves open, or this machine. */
	readonly placeholder: boolean;
	readonly vendor: Vendor | undefined;
}

/** Options of curl that change neither what is asked nor who asks; those with a value after them say so. */
const harmless =
	/^(?:-[sSfiIvLgN]+|--(?:silent|show-error|fail|fail-with-body|include|head|verbose|location|compressed|no-buffer|globoff|no-progress-meter))$/;
const harmlessWithValue = /^(?:-m|--max-time|--connect-timeout|-w|--write-out|--retry|--retry-delay)$/;
/** What may read the answer without asking anything else. */
const readers = new Set(['jq', 'head', 'grep', 'cat', 'tail', 'wc', 'python', 'python3']);

/**
 * The request of a command that does nothing but GET or HEAD one URL; null for everything else: another method, a body, headers,
 * credentials, cookies, a file, an unknown option (rule B0).
 */
export function readRequest(command: Command): Request | null {
	const first = command.parts[0]?.argv ?? command.argv;
	if (first[0] !== 'curl') return null;
	const rest = command.parts.slice(1);
	if (rest.some((part) => part.operator !== '|' || !readers.has(part.argv[0] ?? ''))) return null;
	const urls: string[] = [];
	for (let at = 1; at < first.length; at++) {
		const word = first[at] ?? '';
		if (harmless.test(word)) continue;
		if (harmlessWithValue.test(word)) at++;
		else if ((word === '-o' || word === '--output') && first[at + 1] === '/dev/null') at++;
		else if (/^-[sSfiIvL]*o$/.test(word) && first[at + 1] === '/dev/null') at++;
		else if (word.startsWith('-')) return null;
		else urls.push(word);
	}
	return urls.length === 1 && urls[0] !== undefined ? readUrl(urls[0]) : null;
}

/** Host and path of a URL as it stands in a document: placeholders, variables and all; null when it is no web address. */
export function readUrl(url: string): Request | null {
	const found = /^(?:(https?):\/\/)?([^/\s?#]+)([/?][^\s#]*)?(?:#\S*)?$/i.exec(url.trim());
	if (found === null) return null;
	const authority = found[2] ?? '';
	if (authority.includes('@') || (found[1] === undefined && !/^(?:localhost|[\w-]+(?:\.[\w-]+)+)(?::\d+)?$|[$<{[]/.test(authority)))
		return null;
	const host = authority.replace(/:\d+$/, '').toLowerCase();
	const port = /:(\d+)$/.exec(authority)?.[1] ?? null;
	const tail = found[3] ?? '/';
	const path = tail.startsWith('/') ? tail : `/${tail}`;
	// What is left open inside the path can not be asked for.
	if (/[<>[\]{}$]|\.\.\./.test(path)) return null;
	return { host, port, path, placeholder: isPlaceholderHost(host), vendor: findHostVendor(host) };
}

/** Hosts that stand for "yours": reserved example names (RFC 2606), `your-…`, brackets, variables, this machine. */
export function isPlaceholderHost(host: string): boolean {
	return (
		/[<>[\]{}$]/.test(host) ||
		/(?:^|[.-])(?:your|my)[-_]?[a-z-]*(?:domain|app|site|url|host|project|deployment|company|service|server|api|instance|convex)/.test(
			host,
		) ||
		/(?:^|\.)(?:example|test|invalid)(?:\.(?:com|org|net))?$/.test(host) ||
		/^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|domain\.com|yourdomain\.com)$/.test(host)
	);
}

/** This machine by name or address. */
export function isLoopbackHost(host: string): boolean {
	return /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])$/.test(host);
}

/** Paths that answer how the application is. */
export function isHealthPath(path: string): boolean {
	return /(?:^|\/)(?:_?health(?:z|[-_]?check)?|livez|readyz|liveness|readiness|ready|live|ping|heartbeat)(?:\/(?:live|ready|status))?\/?(?:\?|$)/i.test(
		path,
	);
}
