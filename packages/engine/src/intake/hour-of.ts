const HOUR = 3_600_000;

/** Beginning of the hour of UTC, in milliseconds since 1970. */
export function hourOf(at: number): number {
	return Math.floor(at / HOUR) * HOUR;
}
