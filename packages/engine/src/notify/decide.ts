/** Who is told, when it is tried again, and when many become one. Pure. */
import type { Config } from '../config/schema.ts';
import type { Severity } from '../monitors/defaults.ts';

export type NotifyRoute = NonNullable<Config['notify']>[number];

const TOLD_BY_DEFAULT: readonly Severity[] = ['critical', 'major', 'minor'];
const DAYS: Readonly<Record<string, string>> = { Mon: 'mon', Tue: 'tue', Wed: 'wed', Thu: 'thu', Fri: 'fri', Sat: 'sat', Sun: 'sun' };

/** @returns each channel once, in the order of the routes */
export function chooseChannels(routes: readonly NotifyRoute[], severity: Severity, now: number): readonly string[] {
	const fitting = routes.filter((route) => (route.severity ?? TOLD_BY_DEFAULT).includes(severity) && holds(route.when, now));
	return [...new Set(fitting.flatMap(({ to }) => to))];
}

/** A span over midnight belongs to the day on which it begins. */
function holds(when: NotifyRoute['when'], now: number): boolean {
	if (when === undefined || when === 'always') return true;
	const { day, minute } = readClock(now, when.zone ?? 'UTC');
	const [from, to] = [minutesOf(when.from), minutesOf(when.to)];
	const isListed = (name: string): boolean => when.days === undefined || (when.days as readonly string[]).includes(name);
	if (from < to) return isListed(day) && minute >= from && minute < to;
	if (minute >= from) return isListed(day);
	// By name: 24 hours before the morning after a day of 23 hours it was two days ago.
	return minute < to && isListed(dayBefore(day));
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function dayBefore(day: string): string {
	return WEEK[(WEEK.indexOf(day) + 6) % 7] ?? '';
}

function readClock(now: number, timeZone: string): { readonly day: string; readonly minute: number } {
	const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
	const told = Object.fromEntries(parts.formatToParts(new Date(now)).map(({ type, value }) => [type, value]));
	return { day: DAYS[told.weekday ?? ''] ?? '', minute: minutesOf(`${told.hour}:${told.minute}`) };
}

function minutesOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}

const FIRST_RETRY_MS = 5000;
/** Longest between two tries, unless the other side asks for longer. */
export const LONGEST_RETRY_MS = 15 * 60_000;
/** After this nobody is helped by it any more. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/**
 * Doubles from five seconds to a quarter of an hour, give or take a fifth, so that what failed together is not tried together.
 * @param attempts that failed, 1 after the first
 * @param chance 0 up to 1
 * @param retryAfterMs what the other side asked for: never earlier than that
 */
export function retryDelay(attempts: number, chance: number, retryAfterMs = 0): number {
	const plain = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(20, Math.max(0, attempts - 1)));
	return Math.round(Math.max(Math.min(LONGEST_RETRY_MS, plain * (0.8 + 0.4 * chance)), Math.min(retryAfterMs, GIVE_UP_AFTER_MS)));
}

export type AfterFailure = { readonly kind: 'retry'; readonly inMs: number } | { readonly kind: 'give-up'; readonly reason: string };

export function decideAfterFailure(
	tried: { readonly attempts: number; readonly createdAt: number; readonly reason: string; readonly retryAfterMs: number },
	now: number,
	chance: number,
): AfterFailure {
	if (now - tried.createdAt >= GIVE_UP_AFTER_MS)
		return { kind: 'give-up', reason: `not taken within a day, ${tried.attempts} tries; last: ${tried.reason}` };
	return { kind: 'retry', inMs: retryDelay(tried.attempts, chance, tried.retryAfterMs) };
}

/** More incidents than this opened (or ended) within two minutes are told in one message. */
export const STORM_INCIDENTS = 5;
export const STORM_WITHIN_MS = 2 * 60_000;
/** A digest waits so long for more. */
export const DIGEST_WAIT_MS = 10_000;

export function isStorm(countLately: number): boolean {
	return countLately > STORM_INCIDENTS;
}
