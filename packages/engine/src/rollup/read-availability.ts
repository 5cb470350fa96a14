/** How available each monitor was on each day, of all monitors at once: the bars of a status page. */
import type pg from 'pg';

export interface AvailableDay {
	/** Beginning of the day of UTC, in milliseconds since the epoch. */
	readonly at: number;
	/** Looks that were answered well (ok or warn), that failed, and that said nothing. */
	readonly up: number;
	readonly down: number;
	readonly unknown: number;
	/** up / (up + down); null: nothing is known of that day. Unknown is neither. */
	readonly share: number | null;
}

export interface Availability {
	readonly monitorId: number;
	/** In order; days without a look are left out. */
	readonly days: readonly AvailableDay[];
}

/**
 * By the index on grain and time. A row of a monitor holds its days as one JSON text: as rows of their own, 500 monitors × 90 days cost
 * the reader more than the database (measured).
 */
export async function readAvailability(
	pool: Pick<pg.Pool, 'query'>,
	{ from, to, monitors }: { readonly from: number; readonly to: number; readonly monitors?: readonly number[] },
): Promise<readonly Availability[]> {
	const { rows } = await (pool as pg.Pool).query<{ monitor_id: string; days: readonly (readonly [number, number, number, number])[] }>({
		name: 'read-availability',
		text: `select monitor_id, ('[' || string_agg('[' || extract(epoch from at)::int8 || ',' || (ok + warn) || ',' || fail || ',' || unknown || ']', ',') || ']')::json as days
		from rollup where grain = 'd' and at >= $1 and at < $2 and ($3::bigint[] is null or monitor_id = any($3))
		group by monitor_id order by monitor_id`,
		values: [new Date(from), new Date(to), monitors ?? null],
	});
	return rows.map(({ monitor_id, days }) => ({
		monitorId: Number(monitor_id),
		days: days
			.map(([seconds, up, down, unknown]) => ({ at: seconds * 1000, up, down, unknown, share: up + down === 0 ? null : up / (up + down) }))
			.toSorted((a, b) => a.at - b.at),
	}));
}
