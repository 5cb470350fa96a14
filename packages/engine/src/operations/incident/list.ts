import { type Incident, readIncidents } from '../../incidents/read.ts';
import type { RecordContext } from '../../ports.ts';

export interface ListIncidentsInput {
	readonly service?: string | undefined;
	/** `open`: also acknowledged ones; `all` when absent. */
	readonly state?: 'open' | 'all' | undefined;
	readonly limit?: number | undefined;
}

/** Newest first. */
export async function listIncidents(ctx: RecordContext, input: ListIncidentsInput = {}): Promise<readonly Incident[]> {
	const limit = Math.min(Math.max(1, Math.trunc(input.limit ?? 100)), 1000);
	return await readIncidents(ctx.database.pool, { service: input.service ?? null, open: input.state === 'open', limit });
}
