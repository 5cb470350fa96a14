import { type Fields, readCount, readFields, readList, readText, readTime } from '../values/field.ts';
import type { ClientLoss } from './trace.ts';

/** Fields of the protocol up to 2021, and of relays in between. */
const LISTS = ['discarded_events', 'rate_limited_events', 'filtered_events', 'filtered_sampling_events'] as const;
const MAX_LOSSES = 100;

/** Reads the payload of a `client_report` item (https://develop.sentry.dev/sdk/telemetry/client-reports/): one for each reason and category. */
export function readClientReport(payload: Fields, correct: (at: number | null) => number): readonly ClientLoss[] {
	const at = correct(readTime(payload.timestamp));
	return LISTS.flatMap((list) => readList(payload[list]))
		.slice(0, MAX_LOSSES)
		.flatMap((raw) => {
			const loss = readFields(raw);
			const reason = readText(loss?.reason, 64);
			const category = readText(loss?.category, 64);
			const quantity = readCount(loss?.quantity);
			return reason === null || category === null || quantity === 0 ? [] : [{ at, reason, category, quantity }];
		});
}
