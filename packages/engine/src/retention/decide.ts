/** How long what is kept. Pure. */
import { parseDuration } from '../config/duration.ts';
import type { Config } from '../config/schema.ts';

export interface Retention {
	readonly rawMs: number;
	readonly minuteMs: number;
	readonly hourMs: number;
	readonly dayMs: number;
	/** Of what applications send: single errors, durations by route, Web Vitals, lines of logs. */
	readonly eventsMs: number;
	readonly tracesMs: number;
	readonly vitalsMs: number;
	readonly linesMs: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Roll-ups look back a day: less raw than that, and less of minutes than two hours' more, would leave holes. */
const LEAST_RAW_MS = DAY;
const LEAST_MINUTE_MS = DAY + 2 * HOUR;
const LEAST_HOUR_MS = 3 * DAY;

/** What is said to be shorter than the roll-ups need is kept as long as they do. */
export function readRetention(config: Config['retention'] = {}): Retention {
	const of = (given: string | undefined, byDefault: number, least: number): number =>
		Math.max((given === undefined ? null : parseDuration(given)) ?? byDefault, least);
	return {
		rawMs: of(config.raw, DAY, LEAST_RAW_MS),
		minuteMs: of(config.minute, 2 * DAY, LEAST_MINUTE_MS),
		hourMs: of(config.hour, 90 * DAY, LEAST_HOUR_MS),
		dayMs: of(config.day, 730 * DAY, LEAST_HOUR_MS),
		eventsMs: of(config.events, 30 * DAY, DAY),
		tracesMs: of(config.traces, 30 * DAY, HOUR),
		vitalsMs: of(config.vitals, 90 * DAY, HOUR),
		linesMs: of(config.lines, 7 * DAY, HOUR),
	};
}
