import type { Queryable } from '../incidents/read.ts';
import type { Gap, Watch } from './decide.ts';

export async function readWatch(db: Queryable): Promise<Watch> {
	const { rows } = await db.query<{ last_at: Date | null; shortest: number | null }>(
		'select max(last_at) as last_at, min(every_ms) filter (where removed_at is null) as shortest from monitor',
	);
	return { lastAt: rows[0]?.last_at?.getTime() ?? null, shortestEveryMs: rows[0]?.shortest ?? null };
}

/** One that is not over yet grows. @returns whether it is new */
export async function insertGap(db: Queryable, { from, to }: Gap): Promise<boolean> {
	const { rows } = await db.query<{ is_new: boolean }>(
		`insert into watch_gap (from_at, to_at) values ($1, $2)
		on conflict (from_at) do update set to_at = greatest(watch_gap.to_at, excluded.to_at) returning xmax = 0 as is_new`,
		[new Date(from), new Date(to)],
	);
	return rows[0]?.is_new ?? false;
}

/** Those that ended after `since`, the last first. */
export async function listGaps(db: Queryable, since: number): Promise<readonly Gap[]> {
	const { rows } = await db.query<{ from_at: Date; to_at: Date }>(
		'select from_at, to_at from watch_gap where to_at > $1 order by from_at desc limit 100',
		[new Date(since)],
	);
	return rows.map(({ from_at, to_at }) => ({ from: from_at.getTime(), to: to_at.getTime() }));
}
