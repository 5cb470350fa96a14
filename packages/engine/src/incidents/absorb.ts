import type pg from 'pg';
import { isWorse } from './decide.ts';
import { addEntry, raiseSeverity } from './queries.ts';
import type { Incident } from './read.ts';

export interface Absorbing {
	readonly actor: string;
	readonly now: number;
	/** Why they are one, for the timeline of the one that stays. */
	readonly text: string;
}

/**
 * The first becomes part of the other: its monitors belong there, which is as bad as the worse of both. The caller holds the service and
 * writes the first one's own entry. @returns false when the first is over already
 */
export async function absorbIncident(
	client: pg.PoolClient,
	{ from, into }: { readonly from: Pick<Incident, 'id' | 'severity'>; readonly into: Pick<Incident, 'id' | 'severity'> },
	{ actor, now, text }: Absorbing,
): Promise<boolean> {
	const { rowCount } = await client.query(
		"update incident set state = 'merged', merged_into = $2, resolved_at = $3, resolved_by = $4 where id = $1 and state in ('open', 'acknowledged')",
		[from.id, into.id, new Date(now), actor],
	);
	if (rowCount !== 1) return false;
	await client.query('update transition set incident_id = $2 where incident_id = $1', [from.id, into.id]);
	if (isWorse(from.severity, into.severity)) await raiseSeverity(client, into.id, from.severity);
	await addEntry(client, now, { incidentId: into.id, kind: 'merged', actor, text });
	return true;
}
