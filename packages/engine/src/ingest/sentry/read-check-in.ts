import { type Fields, readFields, readHex, readNumber, readText } from '../values/field.ts';
import type { CheckIn, CheckInStatus, CronPlan, CronSchedule } from './trace.ts';

const STATUSES: ReadonlySet<unknown> = new Set<CheckInStatus>(['in_progress', 'ok', 'error']);
const UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute'] as const;
/** Sentry shortens what is longer. */
const MAX_SLUG = 50;

/**
 * Reads the payload of a `check_in` item (https://develop.sentry.dev/sdk/telemetry/check-ins/); null without a monitor or a known status.
 * An id of zeros means the latest that is in progress.
 */
export function readCheckIn(payload: Fields, receivedAt: number): CheckIn | null {
	const monitor = readSlug(payload.monitor_slug);
	if (monitor === null || !STATUSES.has(payload.status)) return null;
	const id = readHex(payload.check_in_id, 32);
	const duration = readNumber(payload.duration, 0, 365 * 24 * 3_600);
	return {
		id: id === null || /^0+$/.test(id) ? null : id,
		monitor,
		status: payload.status as CheckInStatus,
		at: receivedAt,
		durationMs: duration === null || payload.status === 'in_progress' ? null : Math.round(duration * 1000),
		release: readText(payload.release, 250),
		environment: readText(payload.environment, 64) ?? 'production',
		traceId: readHex(readFields(readFields(payload.contexts)?.trace)?.trace_id, 32),
		plan: readPlan(readFields(payload.monitor_config)),
	};
}

/** Letters, digits, `-` and `_`; what else there is becomes `-`. */
function readSlug(value: unknown): string | null {
	const text = readText(value, 200);
	const slug = text
		?.toLowerCase()
		.replace(/[^a-z0-9_-]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, MAX_SLUG);
	return slug === undefined || slug === '' ? null : slug;
}

function readPlan(config: Fields | null): CronPlan | null {
	const schedule = readSchedule(readFields(config?.schedule));
	if (config === null || schedule === null) return null;
	return {
		schedule,
		marginMinutes: readNumber(config.checkin_margin, 0, 1_000_000),
		maxRuntimeMinutes: readNumber(config.max_runtime, 0, 1_000_000),
		failureThreshold: readNumber(config.failure_issue_threshold, 1, 1_000),
		recoveryThreshold: readNumber(config.recovery_threshold, 1, 1_000),
		timezone: readText(config.timezone, 64),
	};
}

function readSchedule(schedule: Fields | null): CronSchedule | null {
	const value = schedule?.value;
	if (schedule?.type === 'crontab') {
		const text = readText(value, 200);
		return text === null ? null : { kind: 'crontab', value: text };
	}
	const count = readNumber(value, 1, 1_000_000);
	const unit = UNITS.find((one) => one === schedule?.unit);
	return schedule?.type === 'interval' && count !== null && unit !== undefined ? { kind: 'interval', value: count, unit } : null;
}
