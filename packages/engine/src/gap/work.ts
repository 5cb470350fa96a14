/**
 * Writes down, when the engine starts, that nobody watched since the last sample. Guarantee: one row for one gap, also when the engine is
 * started again before its first sample.
 */
import { ENGINE_ACTOR, recordAudit } from '../audit/record.ts';
import type { Database } from '../storage/open-database.ts';
import { decideGap, type Gap } from './decide.ts';
import { insertGap, readWatch } from './queries.ts';

/** @returns the gap that ends now; null: none */
export async function recordGap(database: Database): Promise<Gap | null> {
	const now = await database.now();
	const decision = decideGap(await readWatch(database.pool), now);
	if (decision.kind === 'none') return null;
	const { gap, reason } = decision;
	await database.transaction(async (client) => {
		const isNew = await insertGap(client, gap);
		const detail = { from: new Date(gap.from).toISOString(), to: new Date(gap.to).toISOString(), reason };
		if (isNew) await recordAudit(client, now, [{ actor: ENGINE_ACTOR, operation: 'watch.gap', subject: 'engine', detail }]);
	});
	return gap;
}
