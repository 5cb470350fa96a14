import type { ConvexState, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { querySystem } from './call-function.ts';
import { type ConvexOptions, refuseBody } from './client.ts';

const StateSchema = z.object({
	system: z.enum(['none', 'disabled', 'suspended']).default('none'),
	usage_limit: z.enum(['none', 'disabled']).default('none'),
	user: z.enum(['none', 'paused']),
});
/** What backends gave before the three switches were taken apart. */
const OldStateSchema = z.object({ state: z.enum(['running', 'paused', 'disabled', 'suspended']) });

/** Whether functions run. Every key may ask it; the query runs in every state. */
export async function readState(target: ConvexTarget, options: ConvexOptions, signal: AbortSignal): Promise<VendorVerdict<ConvexState>> {
	const path = '_system/frontend/backendState:backendState';
	const verdict = await querySystem(target, { path, permission: null }, options, signal);
	if (verdict.unknownQuery === true) {
		const older = await querySystem(
			target,
			{ path: '_system/frontend/deploymentState:deploymentState', permission: null },
			options,
			signal,
		);
		return older.kind === 'no-answer' ? older : translate(older.value, target.url);
	}
	return verdict.kind === 'no-answer' ? verdict : translate(verdict.value, target.url);
}

function translate(value: unknown, url: string): VendorVerdict<ConvexState> {
	const parsed = StateSchema.safeParse(value);
	if (parsed.success) {
		const { system, usage_limit: usageLimit, user } = parsed.data;
		return answer({ system, usageLimit, user });
	}
	const older = OldStateSchema.safeParse(value);
	if (!older.success) return refuseBody(url);
	const { state } = older.data;
	return answer({
		system: state === 'disabled' || state === 'suspended' ? state : 'none',
		usageLimit: 'none',
		user: state === 'paused' ? 'paused' : 'none',
	});
}

function answer(state: Omit<ConvexState, 'running'>): VendorVerdict<ConvexState> {
	const running = state.system === 'none' && state.usageLimit === 'none' && state.user === 'none';
	return { kind: 'answer', value: { ...state, running } };
}
