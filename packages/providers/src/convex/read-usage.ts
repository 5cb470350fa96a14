import type { ConvexTarget, ConvexUsage, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { askAsAdmin, type ConvexOptions, refuseBody } from './client.ts';

const Amount = z.number().nullish().catch(null);
const UsageSchema = z.object({
	metrics: z.record(
		z.string(),
		z.object({
			unit: z.string().catch(''),
			usage: z.object({ current_day: Amount, current_month: Amount }).catch({ current_day: null, current_month: null }),
		}),
	),
	seedStatus: z.string().nullish().catch(null),
});
const LimitSchema = z.object({
	metric: z.string(),
	window: z.enum(['day', 'month']),
	limitType: z.enum(['warning', 'disable']),
	limit: z.number(),
	enabled: z.boolean().catch(true),
});
const LimitsSchema = z.object({ usageLimits: z.array(LimitSchema) });

/** What the deployment has used today and this month, and the limits that were set for it. */
export async function readUsage(target: ConvexTarget, options: ConvexOptions, signal: AbortSignal): Promise<VendorVerdict<ConvexUsage>> {
	const ask = (path: string, permission: string) => askAsAdmin(target, { path: `/api/v1/${path}`, permission }, options, signal);
	const [usage, limits] = await Promise.all([
		ask('get_current_usage', 'deployment:usage:view'),
		ask('list_usage_limits', 'deployment:usageLimits:view'),
	]);
	if (usage.kind === 'no-answer') return usage;
	// Without them it would look as if none were set.
	if (limits.kind === 'no-answer') return limits;
	const used = UsageSchema.safeParse(usage.json);
	const set = LimitsSchema.safeParse(limits.json);
	if (!used.success || !set.success) return refuseBody(target.url);
	return {
		kind: 'answer',
		value: {
			metrics: Object.entries(used.data.metrics).map(
				([
					metric,
					{
						unit,
						usage: { current_day: day, current_month: month },
					},
				]) => ({
					metric,
					unit,
					day: day ?? null,
					month: month ?? null,
				}),
			),
			limits: set.data.usageLimits.map(({ limitType: type, ...limit }) => ({ ...limit, type })),
			complete: (used.data.seedStatus ?? 'complete') === 'complete',
		},
	};
}
