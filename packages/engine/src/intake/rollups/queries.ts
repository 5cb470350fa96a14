import type pg from 'pg';
import { decode, encode, type Histogram, merge } from '../../storage/histogram.ts';

export interface SentRollup {
	readonly service: string;
	readonly kind: 't' | 's' | 'v';
	readonly name: string;
	/** Operation, or metric. */
	readonly part: string;
	readonly device: string;
	readonly release: string;
	/** Beginning of the slot. */
	readonly at: number;
	readonly count: number;
	readonly failed: number;
	readonly durations: Histogram;
}

const KEY = 'service, kind, at, name, part, device, release';
const ARRAYS = '$1::text[], $2::"char"[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[]';

function keysOf(rows: readonly SentRollup[]): unknown[] {
	return [
		rows.map(({ service }) => service),
		rows.map(({ kind }) => kind),
		rows.map(({ at }) => new Date(at)),
		rows.map(({ name }) => name),
		rows.map(({ part }) => part),
		rows.map(({ device }) => device),
		rows.map(({ release }) => release),
	];
}

const keyOf = ({ service, kind, at, name, part, device, release }: Omit<SentRollup, 'count' | 'failed' | 'durations'>): string =>
	JSON.stringify([service, kind, at, name, part, device, release]);

/** Adds to what is there, under locks that are taken in one order. @param rows one for each key */
export async function addRollups(client: pg.PoolClient, rows: readonly SentRollup[]): Promise<void> {
	if (rows.length === 0) return;
	await client.query({
		name: 'make-sent-rollups',
		text: `insert into sent_rollup (${KEY}, count, failed, durations) select r.*, 0, 0, '' from unnest(${ARRAYS}) as r(${KEY}) order by ${KEY} on conflict do nothing`,
		values: keysOf(rows),
	});
	const held = await client.query<Omit<SentRollup, 'at' | 'durations'> & { at: Date; durations: Buffer }>({
		name: 'hold-sent-rollups',
		text: `select ${KEY}, durations from sent_rollup where (${KEY}) in (select * from unnest(${ARRAYS})) order by ${KEY} for update`,
		values: keysOf(rows),
	});
	const before = new Map(held.rows.map(({ durations, ...row }) => [keyOf({ ...row, at: row.at.getTime() }), durations]));
	await client.query({
		name: 'write-sent-rollups',
		text: `update sent_rollup as r set count = r.count + n.count, failed = r.failed + n.failed, durations = n.durations
		from unnest(${ARRAYS}, $8::bigint[], $9::bigint[], $10::bytea[]) as n(${KEY}, count, failed, durations)
		where (r.service, r.kind, r.at, r.name, r.part, r.device, r.release) = (n.service, n.kind, n.at, n.name, n.part, n.device, n.release)`,
		values: [
			...keysOf(rows),
			rows.map(({ count }) => count),
			rows.map(({ failed }) => failed),
			rows.map((row) => encode(merge(decode(before.get(keyOf(row)) ?? Buffer.alloc(0)), row.durations))),
		],
	});
}
