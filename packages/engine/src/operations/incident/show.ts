import { draftPostMortem } from '../../incidents/post-mortem.ts';
import { type IncidentRecord, readRecord } from '../../incidents/read.ts';
import type { RecordContext } from '../../ports.ts';
import { type IncidentSelection, requireIncident } from './require-incident.ts';

/** With its timeline and its monitors. @throws OperationError `not_found` */
export async function showIncident(ctx: RecordContext, input: IncidentSelection): Promise<IncidentRecord> {
	return await readRecord(ctx.database.pool, await requireIncident(ctx.database.pool, input));
}

/** What the record knows for a post-mortem, as Markdown. @throws OperationError `not_found` */
export async function draftIncidentPostMortem(ctx: RecordContext, input: IncidentSelection): Promise<string> {
	return draftPostMortem(await showIncident(ctx, input));
}
