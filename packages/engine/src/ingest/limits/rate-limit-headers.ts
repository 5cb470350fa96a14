import type { SentryCategory } from './category.ts';

export interface ReachedLimit {
	/** Null: everything. */
	readonly category: SentryCategory | null;
	readonly retryAfterMs: number;
}

/**
 * The headers by which SDKs learn to stop for a while (https://develop.sentry.dev/sdk/foundations/transport/rate-limiting/):
 * `X-Sentry-Rate-Limits: <seconds>:<category;category>:<scope>:<reason>`, an empty list of categories being all; and `Retry-After` for those who read only that.
 * The first goes with any status, the second only with a refusal of the whole request.
 */
export function describeLimits(limits: readonly ReachedLimit[]): {
	readonly 'X-Sentry-Rate-Limits': string;
	readonly 'Retry-After': string;
} {
	const seconds = limits.map(({ retryAfterMs }) => toSeconds(retryAfterMs));
	const texts = limits.map(({ category, retryAfterMs }) => `${toSeconds(retryAfterMs)}:${category ?? ''}:key:quota_exceeded`);
	return { 'X-Sentry-Rate-Limits': texts.join(', '), 'Retry-After': String(Math.max(1, ...seconds)) };
}

/** Whole seconds, rounded up, so that nobody comes too early. */
export function toSeconds(ms: number): number {
	return Math.max(1, Math.ceil(ms / 1000));
}
