/** Web Vitals of real visitors against the published bounds. Pure. */
import type { VitalName, VitalReport } from '@holdfast/kit/wire';
import type { Finding, Measurement } from '../../contract.ts';

/**
 * Good up to the first, poor above the second; milliseconds, CLS without unit.
 * https://web.dev/articles/defining-core-web-vitals-thresholds, as web-vitals 6 exports them.
 */
export const vitalBounds: Readonly<Record<VitalName, readonly [number, number]>> = {
	LCP: [2500, 4000],
	INP: [200, 500],
	CLS: [0.1, 0.25],
	FCP: [1800, 3000],
	TTFB: [800, 1800],
};

const vitalWords: Readonly<Record<VitalName, string>> = {
	LCP: 'largest content painted after',
	INP: 'answer to a tap or key painted after',
	CLS: 'layout shifts by',
	FCP: 'first content painted after',
	TTFB: 'first byte after',
};

const vitalFixes: Readonly<Record<VitalName, string>> = {
	LCP: 'load what is painted largest first: preload its image, and send it with the HTML',
	INP: 'shorten the work that follows an interaction, or split it',
	CLS: 'reserve space for images, fonts and what comes late (width and height)',
	FCP: 'send less that blocks painting: style sheets and scripts in the head',
	TTFB: 'look at the server’s time to the first byte: holdfast check http.latency',
};

export function isVital(metric: string): metric is VitalName {
	return Object.hasOwn(vitalBounds, metric);
}

/** @returns null where the figure is good, or the metric is not known here. */
export function judgeVital({ route, device, metric, count, p75, attribution }: VitalReport): Finding | null {
	if (!isVital(metric)) return null;
	const [good, poor] = vitalBounds[metric];
	if (p75 <= good) return null;
	const isPoor = p75 > poor;
	const by = attribution === null || attribution === '' ? '' : `; most often because of ${attribution.slice(0, 120)}`;
	return {
		code: isPoor ? 'vitals.poor' : 'vitals.needs-improvement',
		severity: isPoor ? 'fail' : 'warn',
		message: `${metric} of ${route} on ${device === 'other' ? 'other devices' : device}: ${vitalWords[metric]} ${formatVital(metric, p75)} for a quarter of ${count} views; ${formatVital(metric, good)} is good${by}`,
		fix: vitalFixes[metric],
		at: route,
	};
}

export function formatVital(metric: string, value: number): string {
	return metric === 'CLS' ? String(Number(value.toFixed(3))) : `${Math.round(value)} ms`;
}

/** Of all routes and devices together, each by its views: what a trend is seen in. */
export function measureVitals(vitals: readonly VitalReport[]): readonly Measurement[] {
	return Object.keys(vitalBounds).flatMap((metric): readonly Measurement[] => {
		const of = vitals.filter((vital) => vital.metric === metric);
		const views = of.reduce((sum, { count }) => sum + count, 0);
		if (views === 0) return [];
		const value = of.reduce((sum, { p75, count }) => sum + p75 * count, 0) / views;
		return [{ name: `${metric} p75`, value: Math.round(value * 1000) / 1000, unit: metric === 'CLS' ? 'score' : 'ms' }];
	});
}
