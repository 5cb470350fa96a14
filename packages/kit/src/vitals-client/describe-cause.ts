/// <reference lib="dom" />
import type { MetricWithAttribution } from 'web-vitals/attribution';

/** What made a value what it is: a selector, else a URL without query, else the longest part of the time. At most 200 characters; null when nothing is known. */
export function describeCause(metric: MetricWithAttribution): string | null {
	const cause = readCause(metric);
	return cause ? cause.slice(0, 200) : null;
}

function readCause(metric: MetricWithAttribution): string | undefined {
	switch (metric.name) {
		case 'LCP':
			return metric.attribution.target ?? metric.attribution.url?.split(/[?#]/)[0];
		case 'INP':
			return metric.attribution.interactionTarget;
		case 'CLS':
			return metric.attribution.largestShiftTarget;
		case 'FCP':
			return longest({ 'first byte': metric.attribution.timeToFirstByte, rendering: metric.attribution.firstByteToFCP });
		case 'TTFB':
			return longest({
				waiting: metric.attribution.waitingDuration,
				cache: metric.attribution.cacheDuration,
				dns: metric.attribution.dnsDuration,
				connection: metric.attribution.connectionDuration,
				request: metric.attribution.requestDuration,
			});
	}
}

function longest(parts: Readonly<Record<string, number>>): string | undefined {
	const known = Object.entries(parts).filter(([, milliseconds]) => milliseconds > 0);
	return known.sort(([, one], [, other]) => other - one)[0]?.[0];
}
