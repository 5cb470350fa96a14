/** Whether answers say how long they may be kept, and travel compressed. Rules of RFC 9111 (https://www.rfc-editor.org/rfc/rfc9111). Pure. */
import type { Finding } from '../../contract.ts';

export interface CachedAnswer {
	readonly path: string;
	readonly kind: 'page' | 'script' | 'style';
	readonly headers: Readonly<Record<string, string>>;
	readonly setsCookie: boolean;
	/** Body bytes after unpacking. */
	readonly size: number;
}

/** A name with a content hash or a build's folder: what stands behind it never changes. */
export function isHashed(path: string): boolean {
	if (path.startsWith('/_next/static/')) return true;
	const name = path.split('/').at(-1) ?? '';
	return /[.\-_][0-9a-f]{8,}\.(m?js|css)$/i.test(name) || /-[A-Za-z0-9_-]{8}\.(m?js|css)$/.test(name);
}

/** Below this, in bytes, compression gains nothing worth a finding. */
const worthCompressing = 1400;
const dayS = 86_400;

export function judgeCaching(answers: readonly CachedAnswer[]): readonly Finding[] {
	const pages = answers.filter(({ kind }) => kind === 'page');
	const assets = answers.filter(({ kind }) => kind !== 'page');
	return [
		...pages.flatMap(judgePage),
		...group(
			assets.filter((asset) => isHashed(asset.path) && readLifetime(asset.headers) < dayS),
			'caching.hashed-not-cached',
			'may be kept less than a day, though a new build gives it a new name',
			'send Cache-Control: public, max-age=31536000, immutable for files whose names hold a hash',
		),
		...group(
			assets.filter((asset) => !isHashed(asset.path) && !hasValidator(asset.headers) && readLifetime(asset.headers) <= 0),
			'caching.no-validator',
			'has neither a lifetime nor an ETag or Last-Modified, so it is loaded whole every time',
			'send an ETag, or give the file a hashed name',
		),
		...group(
			answers.filter((answer) => answer.size > worthCompressing && answer.headers['content-encoding'] === undefined),
			'caching.uncompressed',
			'comes uncompressed',
			'turn on gzip or br for text in the proxy or the application',
		),
	];
}

function judgePage({ path, headers, setsCookie }: CachedAnswer): readonly Finding[] {
	const control = readDirectives(headers['cache-control']);
	const shared = control.has('public') || control.has('s-maxage');
	const fresh = readLifetime(headers) > 0;
	if (setsCookie && shared && !control.has('private') && !control.has('no-store')) {
		return [
			{
				code: 'caching.cookie-public',
				severity: 'fail',
				message: `${path} sets a cookie and allows shared caches to keep the answer: one visitor’s cookie can reach another`,
				fix: 'send Cache-Control: private, no-store with answers that set cookies',
			},
		];
	}
	if (setsCookie && fresh && !control.has('private') && !control.has('no-store')) {
		return [
			{
				code: 'caching.cookie-kept',
				severity: 'warn',
				message: `${path} sets a cookie and may be kept for ${readLifetime(headers)} s`,
				fix: 'send Cache-Control: private, no-store with answers that set cookies',
			},
		];
	}
	return [];
}

/** One finding for all files of one kind of fault: the first by name, the rest by number. */
function group(answers: readonly CachedAnswer[], code: string, what: string, fix: string): readonly Finding[] {
	const first = answers[0];
	if (first === undefined) return [];
	const more = answers.length === 1 ? '' : ` (and ${answers.length - 1} more)`;
	return [{ code, severity: 'warn', message: `${first.path} ${what}${more}`, fix }];
}

/** @returns seconds for which the answer may be used without asking; 0 when it says nothing. */
export function readLifetime(headers: Readonly<Record<string, string>>): number {
	const control = readDirectives(headers['cache-control']);
	if (control.has('no-store') || control.has('no-cache')) return 0;
	const maxAge = Number(control.get('max-age') ?? control.get('s-maxage') ?? 'none');
	if (Number.isFinite(maxAge)) return maxAge;
	const expires = Date.parse(headers.expires ?? '');
	const date = Date.parse(headers.date ?? '');
	return Number.isNaN(expires) || Number.isNaN(date) ? 0 : Math.max(0, Math.floor((expires - date) / 1000));
}

function readDirectives(header: string | undefined): ReadonlyMap<string, string> {
	return new Map(
		(header ?? '')
			.split(',')
			.map((part) => part.trim().toLowerCase().split('='))
			.map(([name = '', value = '']) => [name.trim(), value.replace(/"/g, '').trim()]),
	);
}

function hasValidator(headers: Readonly<Record<string, string>>): boolean {
	return headers.etag !== undefined || headers['last-modified'] !== undefined;
}

/** @returns who served the answer, as far as its headers tell; null when they do not. */
export function nameServer(headers: Readonly<Record<string, string>>): string | null {
	const parts = ['x-vercel-cache', 'cf-cache-status', 'x-nextjs-cache', 'x-cache', 'x-cache-status', 'age', 'via', 'server'].flatMap(
		(name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name].slice(0, 60)}`]),
	);
	return parts.length === 0 ? null : parts.join(', ');
}
