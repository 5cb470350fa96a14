/** Takes away what is kept no longer: days of samples whole, roll-ups by grain. Incidents, transitions and the audit stay. */
import { dropSent } from '../intake/drop-sent.ts';
import { dropPartitions } from '../observe/partitions.ts';
import { dropRollups } from '../rollup/queries.ts';
import type { Database } from '../storage/open-database.ts';
import { KEPT_MS } from '../trend/decide.ts';
import { dropMeasurements } from '../trend/queries.ts';
import type { Retention } from './decide.ts';

export interface RetentionReport {
	readonly partitions: readonly string[];
	readonly rollups: number;
}

/** Many engines may do it at once. A large backlog goes in several rounds. */
export async function dropOld(database: Database, retention: Retention): Promise<RetentionReport> {
	const now = await database.now();
	const partitions = await dropPartitions(database, now - retention.rawMs);
	let rollups = 0;
	rollups += await dropRollups(database.pool, 'm', now - retention.minuteMs);
	rollups += await dropRollups(database.pool, 'h', now - retention.hourMs);
	rollups += await dropRollups(database.pool, 'd', now - retention.dayMs);
	await dropMeasurements(database.pool, now - KEPT_MS);
	rollups += await dropSent(database, now, retention);
	return { partitions, rollups };
}
