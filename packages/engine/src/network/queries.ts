import type { Queryable } from '../incidents/read.ts';

export interface NetworkLoss {
	readonly from: number;
	/** Null: it lasts. */
	readonly to: number | null;
	readonly reason: string;
}

/** Those that an engine that died left open are over: whoever starts sees for himself. */
export async function closeLosses(db: Queryable, engine: string | null, now: number): Promise<void> {
	await db.query(
		'update network_loss set to_at = greatest($2::timestamptz, from_at) where to_at is null and ($1::uuid is null or engine = $1)',
		[engine, new Date(now)],
	);
}

export async function insertLoss(
	db: Queryable,
	{ engine, now, reason }: { readonly engine: string; readonly now: number; readonly reason: string },
): Promise<void> {
	await db.query('insert into network_loss (engine, from_at, reason) values ($1, $2, $3)', [engine, new Date(now), reason]);
}

/** Those that last, or ended after `since`; the last first. */
export async function listLosses(db: Queryable, since: number): Promise<readonly NetworkLoss[]> {
	const { rows } = await db.query<{ from_at: Date; to_at: Date | null; reason: string }>(
		'select from_at, to_at, reason from network_loss where to_at is null or to_at > $1 order by from_at desc limit 100',
		[new Date(since)],
	);
	return rows.map(({ from_at, to_at, reason }) => ({ from: from_at.getTime(), to: to_at?.getTime() ?? null, reason }));
}
