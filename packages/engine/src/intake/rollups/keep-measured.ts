/** How long things took, as applications report it: each transaction and span once, Web Vitals as they come. */
import type pg from 'pg';
import { addTo, emptyHistogram, type Histogram } from '../../storage/histogram.ts';
import { hourOf } from '../hour-of.ts';
import type { Parcel } from '../parcel.ts';
import { addRollups, type SentRollup } from './queries.ts';

export const TRANSACTION_SLOT_MS = 300_000;
/** CLS has no unit and is a fraction; histograms tell nothing below 1 apart. */
export const CLS_SCALE = 10_000;
/** Names of one kind in one batch that get a row of their own: what is written into a name must not fill the disk. */
const MOST_NAMES = 300;
export const OTHER_NAMES = '(others)';
const MAX_NAME = 200;

interface Measured extends Omit<SentRollup, 'count' | 'failed' | 'durations'> {
	/** Null: sent once by its nature. */
	readonly id: string | null;
	readonly value: number;
	readonly failed: boolean;
}

export async function keepMeasured(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	const all = parcels.flatMap(listMeasured);
	if (all.length === 0) return;
	const counted = await countOnce(client, all);
	await addRollups(client, sumUp(counted));
}

function listMeasured({ service, transactions, spans, vitals }: Parcel): readonly Measured[] {
	return [
		...transactions.map(
			(one): Measured => ({
				service,
				kind: 't',
				name: one.name.slice(0, MAX_NAME),
				part: one.operation ?? '',
				device: '',
				release: one.release ?? '',
				at: Math.floor(one.at / TRANSACTION_SLOT_MS) * TRANSACTION_SLOT_MS,
				id: `t${one.id}`,
				value: one.durationMs,
				failed: one.failed,
			}),
		),
		...spans.map(
			(one): Measured => ({
				service,
				kind: 's',
				name: one.name.slice(0, MAX_NAME),
				part: one.operation ?? '',
				device: '',
				release: '',
				at: hourOf(one.at),
				id: `s${one.traceId}${one.id}`,
				value: one.durationMs,
				failed: one.failed,
			}),
		),
		...vitals.map(
			(one): Measured => ({
				service,
				kind: 'v',
				name: one.route.slice(0, MAX_NAME),
				part: one.metric,
				device: one.device,
				release: one.release ?? '',
				at: hourOf(one.at),
				id: null,
				value: one.metric === 'CLS' ? one.value * CLS_SCALE : one.value,
				failed: false,
			}),
		),
	];
}

async function countOnce(client: pg.PoolClient, all: readonly Measured[]): Promise<readonly Measured[]> {
	const named = all.flatMap(({ service, id }) => (id === null ? [] : [{ service, id }]));
	if (named.length === 0) return all;
	const { rows } = await client.query<{ service: string; id: string }>(
		`insert into sent_once (service, id, at) select service, id, now() from unnest($1::text[], $2::text[]) as s(service, id) order by id
		on conflict do nothing returning service, id`,
		[named.map(({ service }) => service), named.map(({ id }) => id)],
	);
	const fresh = new Set(rows.map(({ service, id }) => `${id} ${service}`));
	return all.filter(({ service, id }) => id === null || fresh.delete(`${id} ${service}`));
}

function sumUp(all: readonly Measured[]): readonly SentRollup[] {
	const names = new Map<string, Set<string>>();
	const sums = new Map<string, Omit<SentRollup, 'durations'> & { values: number[] }>();
	for (const { id: _id, value, failed, ...place } of all) {
		const known = names.get(`${place.kind} ${place.service}`) ?? new Set();
		names.set(`${place.kind} ${place.service}`, known);
		const name = known.has(place.name) || known.size < MOST_NAMES ? place.name : OTHER_NAMES;
		known.add(name);
		const key = JSON.stringify([place.service, place.kind, place.at, name, place.part, place.device, place.release]);
		const sum = sums.get(key) ?? { ...place, name, count: 0, failed: 0, values: [] };
		sum.values.push(value);
		sums.set(key, { ...sum, count: sum.count + 1, failed: sum.failed + Number(failed) });
	}
	return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { values, ...sum }]) => ({ ...sum, durations: histogramOf(values) }));
}

function histogramOf(values: readonly number[]): Histogram {
	return addTo(
		emptyHistogram,
		values.map((value) => Math.max(0, value)),
	);
}
