/**
 * Kinds of data that a quota counts apart. The first ones are named as Sentry names them, because the SDKs read these names
 * (https://develop.sentry.dev/sdk/foundations/transport/rate-limiting/#definitions); the last ones are ours, and no SDK meets them.
 */
export type SentryCategory = 'error' | 'transaction' | 'span' | 'session' | 'monitor' | 'log_item';
export type Category = SentryCategory | 'request' | 'vital' | 'log_line' | 'release';

/** How much of a kind a service may send. */
export interface Quota {
	/** In the long run. */
	readonly perSecond: number;
	/** At once, after a quiet time. */
	readonly burst: number;
}

export type Quotas = Readonly<Record<Category, Quota>>;

/** For a service without quotas of its own: some times what one busy application sends, and what the storage of one machine takes. */
export const DEFAULT_QUOTAS: Quotas = {
	/** Requests of every kind together: what keeps a flood of nothing away. */
	request: { perSecond: 2_000, burst: 10_000 },
	error: { perSecond: 600, burst: 6_000 },
	transaction: { perSecond: 1_000, burst: 10_000 },
	span: { perSecond: 10_000, burst: 100_000 },
	session: { perSecond: 1_000, burst: 10_000 },
	monitor: { perSecond: 20, burst: 200 },
	log_item: { perSecond: 5_000, burst: 50_000 },
	vital: { perSecond: 500, burst: 5_000 },
	log_line: { perSecond: 5_000, burst: 50_000 },
	release: { perSecond: 1, burst: 60 },
};
