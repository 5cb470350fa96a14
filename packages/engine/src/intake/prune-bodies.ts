/** Of a group the last hundred events are kept whole; of the others it is known that they were. */
import type { Database } from '../storage/open-database.ts';

export const BODIES_OF_GROUP = 100;
/** Taken away some at a time: above this a group is crowded. */
export const CROWDED = 150;

export interface Pruner {
	/** Groups that are crowded. */
	readonly note: (groups: readonly number[]) => void;
	readonly settled: () => Promise<void>;
}

/** Works beside the store: a failure costs space, and the next event of the group tries again. */
export function createPruner(database: Database): Pruner {
	const waiting = new Set<number>();
	let underWay: Promise<void> | null = null;
	const work = async (): Promise<void> => {
		for (const group of waiting) {
			waiting.delete(group);
			await pruneBodies(database, group);
		}
	};
	return {
		note: (groups) => {
			for (const group of groups) waiting.add(group);
			if (waiting.size === 0) return;
			underWay ??= work()
				.catch(() => undefined)
				.finally(() => {
					underWay = null;
				});
		},
		settled: async () => {
			await underWay;
		},
	};
}

export async function pruneBodies(database: Database, group: number): Promise<void> {
	await database.transaction(async (client) => {
		await client.query('select 1 from error_group where id = $1 for no key update', [group]);
		await client.query(
			`update error_event set body = null where (service, id) in
				(select service, id from error_event where group_id = $1 and body is not null order by at desc offset $2) and body is not null`,
			[group, BODIES_OF_GROUP],
		);
		await client.query('update error_group set bodies = least(bodies, $2) where id = $1', [group, BODIES_OF_GROUP]);
	});
}
