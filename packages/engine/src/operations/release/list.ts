import { type AppRelease, readReleases } from '../../intake/read-releases.ts';
import type { RecordContext } from '../../ports.ts';

export interface ListReleasesInput {
	readonly service?: string | undefined;
	readonly limit?: number | undefined;
}

/** The one that came last first. */
export async function listReleases(ctx: RecordContext, input: ListReleasesInput = {}): Promise<readonly AppRelease[]> {
	const limit = Math.min(Math.max(1, Math.trunc(input.limit ?? 50)), 1000);
	return await readReleases(ctx.database.pool, { service: input.service ?? null, limit });
}
