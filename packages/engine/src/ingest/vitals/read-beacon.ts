import type { VitalName, VitalReport } from '@holdfast/kit/wire';
import { readFields, readNumber, readText } from '../values/field.ts';
import { readJson } from '../values/json.ts';
import { readDevice } from './read-device.ts';
import { readRoute } from './read-route.ts';

/** As the kit's own receiver has it; browsers send a few hundred bytes. */
export const MAX_BEACON_BYTES = 16 * 1024;

/** One visit has five metrics; soft navigations and pages restored from the cache bring more. */
const MAX_ENTRIES = 50;
/** Ten minutes: what is above is a clock that jumped. Shifts above 100 are none either. */
const MAX_MS = 600_000;
const MAX_SHIFT = 100;
const METRICS: ReadonlySet<unknown> = new Set<VitalName>(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']);
const DEVICES: ReadonlySet<unknown> = new Set<VitalReport['device']>(['phone', 'desktop', 'other']);

/** One measurement of one page view. */
export interface VitalSample {
	readonly metric: VitalName;
	/** Milliseconds; CLS without unit. */
	readonly value: number;
	/** Route pattern, or a path with a star in place of what names one thing. */
	readonly route: string;
	readonly device: VitalReport['device'];
	/** Null: the page did not say; whoever keeps it may know which one was live. */
	readonly release: string | null;
	/** What made it so: a selector, a URL without query, a part of the time. At most 200 characters. */
	readonly cause: string | null;
	/** When it came in: a beacon is sent when the page is left, and names no time. */
	readonly at: number;
}

export interface BeaconSetting {
	readonly receivedAt: number;
	readonly userAgent: string;
	/** `release` of the beacon's address; what an entry says itself goes before it. */
	readonly release: string | null;
}

export type BeaconReading =
	| { readonly ok: true; readonly samples: readonly VitalSample[]; readonly malformedCount: number }
	| { readonly ok: false; readonly detail: string };

/**
 * Reads the body that `startVitals` of `@holdfast/kit/vitals-client` sends: a JSON array of `{metric, value, route, device, attribution}`. Entries that are not
 * well formed are counted and left out; a body without a good one is refused. Unknown fields are ignored. Never throws.
 */
export function readBeacon(body: Uint8Array, setting: BeaconSetting): BeaconReading {
	const json = readJson(body);
	if (!json.ok || !Array.isArray(json.value)) return { ok: false, detail: 'expected a JSON array of measurements, got something else' };
	if (json.value.length > MAX_ENTRIES)
		return { ok: false, detail: `expected at most ${MAX_ENTRIES} measurements, got ${json.value.length}` };
	const fallback = readDevice(setting.userAgent);
	const samples = json.value.flatMap((entry) => readEntry(entry, setting, fallback) ?? []);
	const malformedCount = json.value.length - samples.length;
	if (samples.length === 0 && malformedCount > 0)
		return { ok: false, detail: 'expected measurements with metric, value and a route that begins with /, got none of them' };
	return { ok: true, samples, malformedCount };
}

function readEntry(raw: unknown, { receivedAt, release }: BeaconSetting, fallback: VitalReport['device']): VitalSample | null {
	const entry = readFields(raw);
	const metric = entry?.metric;
	const route = readRoute(entry?.route);
	const value = readNumber(entry?.value, 0, metric === 'CLS' ? MAX_SHIFT : MAX_MS);
	if (!isMetric(metric) || route === null || value === null) return null;
	const cause = readText(entry?.attribution, 2_000);
	return {
		metric,
		value,
		route,
		device: isDevice(entry?.device) ? entry.device : fallback,
		release: readText(entry?.release, 250) ?? release,
		cause: cause === null ? null : withoutQuery(cause).slice(0, 200),
		at: receivedAt,
	};
}

function isMetric(value: unknown): value is VitalName {
	return METRICS.has(value);
}

function isDevice(value: unknown): value is VitalReport['device'] {
	return DEVICES.has(value);
}

/** A URL may carry what nobody should read; a selector has no question mark, and keeps its `#`. */
function withoutQuery(text: string): string {
	return /^(?:https?:|\/)/.test(text) ? (text.split(/[?#]/)[0] ?? '') : text;
}
