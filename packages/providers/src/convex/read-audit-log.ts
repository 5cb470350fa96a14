import type { ConvexAuditEvent, ConvexAuditLog, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { readTime, showText } from '../http/shown-text.ts';
import { askAsAdmin, type ConvexOptions, refuseBody } from './client.ts';

const PageSchema = z.object({
	items: z.array(
		z.object({
			action: z.string(),
			createTime: z.number(),
			actor: z.object({ kind: z.string() }).nullish().catch(null),
		}),
	),
	pagination: z.object({ hasMore: z.boolean(), nextCursor: z.string().nullish() }),
});

const maxEvents = 500;
const pageSize = 100;

/** `GET /api/v1/list_audit_log_events`, page by page. Who acted and what was changed is left out: the action is enough to ask further. */
export async function readAuditLog(
	target: ConvexTarget,
	sinceMs: number,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<ConvexAuditLog>> {
	const events: ConvexAuditEvent[] = [];
	let cursor: string | null = null;
	while (events.length < maxEvents) {
		const query = new URLSearchParams({
			from: String(Math.floor(sinceMs)),
			limit: String(pageSize),
			...(cursor === null ? {} : { cursor }),
		});
		const asked = await askAsAdmin(
			target,
			{ path: `/api/v1/list_audit_log_events?${query.toString()}`, permission: 'deployment:auditLog:view' },
			options,
			signal,
		);
		if (asked.kind === 'no-answer') return asked;
		const parsed = PageSchema.safeParse(asked.json);
		if (!parsed.success) return refuseBody(target.url);
		const { items, pagination } = parsed.data;
		for (const { action, createTime, actor } of items) {
			const at = readTime(createTime);
			if (at !== null && createTime >= sinceMs)
				events.push({ at, action: showText(action, 80), actor: showText(actor?.kind ?? 'not told', 40) });
		}
		const next: string | null = pagination.nextCursor ?? null;
		if (!pagination.hasMore || next === null || next === cursor)
			return { kind: 'answer', value: { events: inOrder(events), complete: true } };
		cursor = next;
		if (items.length === 0) break;
	}
	return { kind: 'answer', value: { events: inOrder(events), complete: false } };
}

function inOrder(events: readonly ConvexAuditEvent[]): readonly ConvexAuditEvent[] {
	return events.toSorted((a, b) => a.at.localeCompare(b.at));
}
