/// <reference lib="dom" />
import { type MetricWithAttribution, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution';
import { describeCause } from './describe-cause.ts';

export interface VitalsClientOptions {
	/** Where the beacon goes, on the page's own origin: `/api/vitals`. */
	readonly url: string;
	/** Route pattern that the page was loaded under, for example `/products/[slug]`; a function is asked when a value is there. */
	readonly route: string | (() => string);
}

interface Waiting {
	readonly metric: MetricWithAttribution['name'];
	readonly value: number;
	readonly route: string;
	readonly device: 'phone' | 'desktop' | 'other';
	readonly attribution?: string;
}

let started = false;

/**
 * Measures LCP, INP, CLS, FCP and TTFB of this page view and sends them when the page is hidden or left. Each is sent once per page view, with
 * the value it has at that moment. Only the first call counts. Never throws; sends nothing where the browser lacks what is needed.
 */
export function startVitals({ url, route }: VitalsClientOptions): void {
	if (started || typeof document === 'undefined') return;
	started = true;
	const waiting = new Map<string, Waiting>();
	const sent = new Set<string>();
	const take = (metric: MetricWithAttribution): void => {
		try {
			if (sent.has(metric.id)) return;
			const cause = describeCause(metric);
			waiting.set(metric.id, {
				metric: metric.name,
				value: metric.value,
				route: typeof route === 'function' ? route() : route,
				device: readDevice(),
				...(cause === null ? {} : { attribution: cause }),
			});
		} catch {
			// A measurement is not worth a fault of the page.
		}
	};
	const send = (): void => {
		try {
			if (waiting.size === 0) return;
			const body = new Blob([JSON.stringify([...waiting.values()])], { type: 'application/json' });
			if (!navigator.sendBeacon(url, body)) return;
			for (const id of waiting.keys()) sent.add(id);
			waiting.clear();
		} catch {
			// Likewise.
		}
	};
	try {
		for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(take);
		// After the library's own listeners, which bring the last values when the page is hidden.
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden') send();
		});
		window.addEventListener('pagehide', send);
	} catch {
		// Likewise.
	}
}

/** By the width of the screen and whether there is a mouse; no user agent is read. */
function readDevice(): Waiting['device'] {
	if (matchMedia('(hover: hover) and (pointer: fine)').matches) return 'desktop';
	return Math.min(screen.width, screen.height) < 600 ? 'phone' : 'other';
}
