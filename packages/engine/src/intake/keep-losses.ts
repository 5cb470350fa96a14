/** What SDKs threw away before sending, by hour. Reports have no id: one that was sent twice counts twice. */
import type pg from 'pg';
import { hourOf } from './hour-of.ts';
import type { Parcel } from './parcel.ts';

export async function keepLosses(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	const sums = new Map<string, { service: string; at: number; reason: string; category: string; quantity: number }>();
	for (const { service, losses } of parcels)
		for (const { at, reason, category, quantity } of losses) {
			const key = JSON.stringify([service, hourOf(at), reason, category]);
			const sum = sums.get(key) ?? { service, at: hourOf(at), reason, category, quantity: 0 };
			sum.quantity += quantity;
			sums.set(key, sum);
		}
	if (sums.size === 0) return;
	const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	await client.query(
		`insert into client_loss (service, at, reason, category, quantity)
		select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::bigint[])
		on conflict (service, at, reason, category) do update set quantity = client_loss.quantity + excluded.quantity`,
		[
			rows.map(({ service }) => service),
			rows.map(({ at }) => new Date(at)),
			rows.map(({ reason }) => reason),
			rows.map(({ category }) => category),
			rows.map(({ quantity }) => quantity),
		],
	);
}
