import type { VitalName, VitalReport } from '../wire.ts';

/** The most that a beacon may hold, in bytes; browsers send a few hundred. */
export const MAX_BEACON_BYTES = 16 * 1024;

const METRICS: ReadonlySet<unknown> = new Set<VitalName>(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']);
const DEVICES: ReadonlySet<unknown> = new Set<VitalReport['device']>(['phone', 'desktop', 'other']);
/** One visit has five metrics; soft navigations and pages restored from the cache bring more. */
const MAX_ENTRIES = 50;
/** Ten minutes, in ms: what is above is a clock that jumped. Shifts above 100 are none either. */
const MAX_MS = 600_000;
const MAX_SHIFT = 100;

export interface VitalEntry {
	readonly metric: VitalName;
	/** Milliseconds; CLS without unit. */
	readonly value: number;
	readonly route: string;
	readonly device: VitalReport['device'] | null;
	readonly attribution: string | null;
}

/** Reads at most `MAX_BEACON_BYTES` of a body; null when there is more. */
export async function readBody(request: Request): Promise<string | null> {
	if (Number(request.headers.get('content-length') ?? 0) > MAX_BEACON_BYTES) return null;
	if (request.body === null) return '';
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of request.body) {
		size += part.byteLength;
		if (size > MAX_BEACON_BYTES) return null;
		parts.push(part);
	}
	return Buffer.concat(parts).toString('utf8');
}

/** Reads the entries of a beacon; null when it is not an array of well-formed ones. Unknown fields are ignored. */
export function parseBeacon(text: string): readonly VitalEntry[] | null {
	let body: unknown;
	try {
		body = JSON.parse(text);
	} catch {
		return null;
	}
	if (!Array.isArray(body) || body.length > MAX_ENTRIES) return null;
	const entries = body.map(parseEntry);
	return entries.every((entry) => entry !== null) ? entries : null;
}

function parseEntry(raw: unknown): VitalEntry | null {
	if (typeof raw !== 'object' || raw === null) return null;
	const { metric, value, route, device, attribution } = raw as Record<string, unknown>;
	if (!METRICS.has(metric) || typeof route !== 'string' || !route.startsWith('/')) return null;
	if (typeof value !== 'number' || !(value >= 0 && value <= (metric === 'CLS' ? MAX_SHIFT : MAX_MS))) return null;
	if (device !== undefined && device !== null && !DEVICES.has(device)) return null;
	if (attribution !== undefined && attribution !== null && typeof attribution !== 'string') return null;
	return {
		metric: metric as VitalName,
		value,
		route: generalizeRoute(route),
		device: (device as VitalReport['device'] | null | undefined) ?? null,
		attribution: attribution ? withoutQuery(attribution).slice(0, 200) : null,
	};
}

/** Drops query and fragment, and puts a star in place of every segment that looks like a name of one thing rather than of a page. */
function generalizeRoute(route: string): string {
	const segments = (route.split(/[?#]/)[0] ?? '/').split('/').slice(0, 12);
	return segments.map((part) => (/^\[.{1,60}\]$/.test(part) || (part.length <= 24 && !/\d{3}/.test(part)) ? part : '*')).join('/');
}

/** A URL may carry what nobody should read; a selector has no question mark, and keeps its `#`. */
function withoutQuery(text: string): string {
	return /^(?:https?:|\/)/.test(text) ? (text.split(/[?#]/)[0] ?? '') : text;
}
