const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, y: 365 * 86_400_000 };

/**
 * @param text as the configuration takes it: `20s`, `5m`, `24h`, `90d`, `2y`
 * @returns milliseconds; null when it is none
 */
export function parseDuration(text: string): number | null {
	const [, count, unit] = /^([1-9]\d{0,5})(ms|s|m|h|d|y)$/.exec(text) ?? [];
	const size = unit === undefined ? undefined : UNITS[unit];
	return size === undefined ? null : Number(count) * size;
}
