/** What applications send: the server, what it asks of the storage, and the pure parts that storage and reading need as well. */
export { type Counters, createCounters } from './ingest/counters/create-counters.ts';
export { createIngestCounters } from './ingest/counters/ingest-counters.ts';
export { type ErrorGrouping, groupError } from './ingest/group/group-error.ts';
export { judgeReturn, type Resolution, type ReturnVerdict, type SeenAgain } from './ingest/group/judge-return.ts';
export { compareReleases, type ReleaseFacts } from './ingest/group/release-order.ts';
export { DEFAULT_QUOTAS, type Quotas } from './ingest/limits/category.ts';
export { createQuotaMeter, type QuotaMeter } from './ingest/limits/quota-meter.ts';
export type * from './ingest/ports.ts';
export { formatDsn, readDsn } from './ingest/sentry/dsn.ts';
export { createIngest, type Ingest, type IngestAddress, type IngestOptions } from './ingest/server/create-ingest.ts';
export { INGEST_SETTINGS, type IngestSettings } from './ingest/server/ingest-settings.ts';
export { signForHoldfast } from './ingest/signature/verify-signature.ts';
