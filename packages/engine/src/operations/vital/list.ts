import { readMoment } from '../../intake/read-moment.ts';
import { readVitals, type VitalRoute } from '../../intake/read-vitals.ts';
import type { RecordContext } from '../../ports.ts';

export interface ListVitalsInput {
	readonly service?: string | undefined;
	/** `24h`, or a date; the last day when absent. */
	readonly since?: string | undefined;
	readonly device?: string | undefined;
	readonly release?: string | undefined;
}

/** The 75th percentile of each metric by route and device, routes with most views first. @throws OperationError `invalid` */
export async function listVitals(ctx: RecordContext, input: ListVitalsInput = {}): Promise<readonly VitalRoute[]> {
	const since = readMoment('--since', input.since ?? '24h', await ctx.database.now());
	const { service = null, device = null, release = null } = input;
	return await readVitals(ctx.database.pool, { service, since, device, release });
}
