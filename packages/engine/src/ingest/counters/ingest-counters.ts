import { type CounterDescription, type Counters, createCounters } from './create-counters.ts';

/** What ingest counts. Labels have few values: service names from the configuration, kinds and outcomes from our own lists. */
export const INGEST_COUNTERS = {
	holdfast_ingest_requests_total: { kind: 'counter', help: 'Requests answered, by route and status.' },
	holdfast_ingest_refusals_total: { kind: 'counter', help: 'Requests refused, by route and reason.' },
	holdfast_ingest_items_total: {
		kind: 'counter',
		help: 'Items received, by service, kind and outcome: stored, limited, malformed, skipped, lost.',
	},
	holdfast_ingest_received_bytes_total: { kind: 'counter', help: 'Bytes of bodies, as they came.' },
	holdfast_ingest_connections_dropped_total: { kind: 'counter', help: 'Connections ended, by reason.' },
	holdfast_ingest_buffered_bytes: { kind: 'gauge', help: 'Bytes of bodies held in memory now.' },
} as const satisfies Readonly<Record<string, CounterDescription>>;

/** `stored`: the port has acknowledged. `lost`: it has not. */
export type ItemOutcome = 'stored' | 'limited' | 'malformed' | 'skipped' | 'lost';

export function createIngestCounters(): Counters {
	return createCounters(INGEST_COUNTERS);
}
