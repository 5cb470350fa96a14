import { type Category, DEFAULT_QUOTAS, type Quotas } from './category.ts';
import { type TokenBucket, takeTokens } from './token-bucket.ts';

export interface QuotaRequest {
	readonly service: string;
	/** What the service's own configuration says; the rest as by default. */
	readonly quotas: Partial<Quotas>;
	readonly category: Category;
	readonly amount: number;
	/** Milliseconds. */
	readonly now: number;
}

/** 0: taken. Otherwise in how many milliseconds to come again. */
export type QuotaMeter = (request: QuotaRequest) => number;

/** Keeps one bucket for each service and category. Of this process: several share a quota by their number. Holds as many buckets as there are services × 10. */
export function createQuotaMeter(): QuotaMeter {
	const buckets = new Map<string, TokenBucket>();
	return ({ service, quotas, category, amount, now }) => {
		const key = `${category} ${service}`;
		const verdict = takeTokens(buckets.get(key), quotas[category] ?? DEFAULT_QUOTAS[category], { amount, now });
		buckets.set(key, verdict.bucket);
		return verdict.ok ? 0 : Math.max(1, verdict.retryAfterMs);
	};
}
