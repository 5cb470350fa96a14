/** Errors of a batch: each is one by (service, id), its group counts it, and a resolved group that it brings back is open again. */
import type pg from 'pg';
import { recordAudit } from '../../audit/record.ts';
import { groupBy } from '../group-by.ts';
import { hourOf } from '../hour-of.ts';
import type { ErrorRow, Parcel } from '../parcel.ts';
import { BODIES_OF_GROUP, CROWDED } from '../prune-bodies.ts';
import { judgeReturns, type Returned } from './decide.ts';
import { groupKey } from './group-key.ts';
import {
	addEvents,
	addHours,
	addUsers,
	countIn,
	findGroups,
	type GroupRow,
	makeGroups,
	readReleaseFacts,
	reopenGroups,
} from './queries.ts';

/** @returns ids of groups whose events are kept whole more often than they should */
export async function keepErrors(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<readonly number[]> {
	const all = parcels.flatMap(({ errors }) => errors);
	if (all.length === 0) return [];
	const groups = await findOrMake(client, all);
	const idOf = (row: ErrorRow): number => groups.get(groupKey(row.service, row.grouping.fingerprint))?.id ?? Number.NaN;
	const fresh = await addEvents(client, all, idOf, whole(all, idOf));
	if (fresh.length === 0) return [];
	const byGroup = groupBy(fresh, idOf);
	await addHours(client, countHours(byGroup));
	const newUsers = await addUsers(client, fresh, idOf);
	const bodies = await countIn(client, byGroup, newUsers);
	await reopen(client, byGroup, [...groups.values()]);
	return [...bodies].filter(([, count]) => count > CROWDED).map(([id]) => id);
}

async function findOrMake(client: pg.PoolClient, rows: readonly ErrorRow[]): Promise<ReadonlyMap<string, GroupRow>> {
	const wanted = new Map<string, ErrorRow>();
	for (const row of rows) {
		const key = groupKey(row.service, row.grouping.fingerprint);
		const before = wanted.get(key);
		if (before === undefined || row.at < before.at) wanted.set(key, row);
	}
	const sorted = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	const found = await findGroups(client, sorted);
	const missing = sorted.filter((row) => !found.has(groupKey(row.service, row.grouping.fingerprint)));
	if (missing.length === 0) return found;
	await makeGroups(client, missing);
	return new Map([...found, ...(await findGroups(client, missing))]);
}

/** Of each group the newest of the batch, as many as are kept. */
function whole(rows: readonly ErrorRow[], idOf: (row: ErrorRow) => number): ReadonlySet<ErrorRow> {
	const groups = [...groupBy(rows, idOf).values()];
	return new Set(groups.flatMap((group) => group.toSorted((a, b) => b.at - a.at).slice(0, BODIES_OF_GROUP)));
}

function countHours(
	byGroup: ReadonlyMap<number, readonly ErrorRow[]>,
): readonly { readonly group: number; readonly at: number; readonly events: number }[] {
	return [...byGroup]
		.sort(([a], [b]) => a - b)
		.flatMap(([group, rows]) => [...groupBy(rows, ({ at }) => hourOf(at))].map(([at, { length: events }]) => ({ group, at, events })));
}

async function reopen(
	client: pg.PoolClient,
	byGroup: ReadonlyMap<number, readonly ErrorRow[]>,
	groups: readonly GroupRow[],
): Promise<void> {
	const resolved = groups.filter(({ id, state }) => state === 'resolved' && byGroup.has(id));
	if (resolved.length === 0) return;
	const facts = await readReleaseFacts(
		client,
		resolved.flatMap(({ id }) => byGroup.get(id) ?? []),
	);
	const returned: readonly Returned[] = resolved.flatMap((group) => judgeReturns(group, byGroup.get(group.id) ?? [], facts) ?? []);
	await reopenGroups(client, returned);
	const { rows } = await client.query<{ now: Date }>('select now() as now');
	const entries = returned.map(({ group, reason }) => ({
		actor: 'holdfast',
		operation: 'error.return',
		subject: `error/${group}`,
		detail: { reason },
	}));
	await recordAudit(client, rows[0]?.now.getTime() ?? 0, entries);
}
