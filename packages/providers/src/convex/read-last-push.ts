import type { ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { readTime } from '../http/shown-text.ts';
import { querySystem } from './call-function.ts';
import { type ConvexOptions, refuseBody } from './client.ts';

const EventSchema = z.object({ _creationTime: z.number() }).nullish();

/** When code was last pushed, from the deployment's audit log. A backend that keeps none says nothing. */
export async function readLastPush(
	target: ConvexTarget,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<{ readonly at: string | null }>> {
	const path = '_system/frontend/deploymentEvents:lastPushEvent';
	const verdict = await querySystem(target, { path, permission: 'deployment:auditLog:view' }, options, signal);
	if (verdict.kind === 'no-answer') return verdict.unknownQuery === true ? { kind: 'answer', value: { at: null } } : verdict;
	const parsed = EventSchema.safeParse(verdict.value);
	return parsed.success ? { kind: 'answer', value: { at: readTime(parsed.data?._creationTime) } } : refuseBody(target.url);
}
