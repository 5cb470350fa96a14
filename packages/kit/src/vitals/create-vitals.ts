import { checkInteger, optionError } from '../options/option-error.ts';
import type { VitalReport } from '../wire.ts';
import { parseBeacon, readBody } from './read-beacon.ts';
import { makeVitalStore } from './vital-store.ts';

export interface VitalsOptions {
	/** The only path that is answered, for where the handler sees others too; all paths when not given. */
	readonly path?: string | undefined;
	/** How many routes are told apart, 100 when not given; the rest is counted together. */
	readonly maxRoutes?: number | undefined;
	/** Milliseconds since 1970; for tests. */
	readonly now?: (() => number) | undefined;
}

export interface Vitals {
	/**
	 * Handler of the beacon. 204 when it is taken; 400 for what is no beacon, 403 from another site, 413 above 16 KiB, 429 above 600 beacons in
	 * a minute from all visitors together. Never rejects.
	 */
	readonly POST: (request: Request) => Promise<Response>;
	/** The last hour of this process, the most frequent first. p75 within 5 %. */
	readonly report: () => VitalReport[];
}

/** What one process takes in a minute: ten page views a second. Own threshold. */
const MAX_PER_MINUTE = 600;
const MINUTE_MS = 60_000;

/** Makes the receiver and the store of Web Vitals; all in memory, bounded. Throws a TypeError for wrong options, at start. */
export function createVitals(options: VitalsOptions = {}): Vitals {
	const { path, now = Date.now } = options;
	if (path !== undefined && !(typeof path === 'string' && path.startsWith('/')))
		throw optionError('createVitals', 'path', 'a path that begins with /', path);
	if (typeof now !== 'function') throw optionError('createVitals', 'now', 'a function', now);
	const store = makeVitalStore(checkInteger('createVitals', 'maxRoutes', options.maxRoutes ?? 100, { min: 1, max: 1000, unit: 'routes' }));
	let minute = { number: 0, count: 0 };

	const take = async (request: Request): Promise<number> => {
		if (path !== undefined && new URL(request.url).pathname !== path) return 404;
		if (!isSameOrigin(request)) return 403;
		const number = Math.floor(now() / MINUTE_MS);
		minute = { number, count: minute.number === number ? minute.count + 1 : 1 };
		if (minute.count > MAX_PER_MINUTE) return 429;
		const text = await readBody(request);
		if (text === null) return 413;
		const entries = parseBeacon(text);
		if (entries === null) return 400;
		const device = deviceOf(request.headers.get('user-agent') ?? '');
		for (const entry of entries) store.add(entry, entry.device ?? device, now());
		return 204;
	};
	return {
		async POST(request) {
			const status = await take(request).catch(() => 400);
			const headers: Record<string, string> = { 'cache-control': 'no-store', ...(status === 429 ? { 'retry-after': '60' } : {}) };
			return new Response(null, { status, headers });
		},
		report: () => store.report(now()),
	};
}

/** Browsers say it themselves; an older one names at least the origin, which must be the host that was asked. Others are refused. */
function isSameOrigin(request: Request): boolean {
	const site = request.headers.get('sec-fetch-site');
	if (site !== null) return site === 'same-origin';
	const origin = request.headers.get('origin');
	if (origin === null || !URL.canParse(origin)) return false;
	const hosts = [request.headers.get('x-forwarded-host'), request.headers.get('host'), new URL(request.url).host];
	return hosts.includes(new URL(origin).host);
}

function deviceOf(userAgent: string): VitalReport['device'] {
	if (/iphone|android.*mobile|windows phone/i.test(userAgent)) return 'phone';
	return /windows nt|macintosh|x11|cros/i.test(userAgent) && !/ipad|tablet/i.test(userAgent) ? 'desktop' : 'other';
}
