/** What a subscription over the sync WebSocket says. Pure. */
import type { Finding } from '../../contract.ts';
import type { ConvexSync } from '../../vendors.ts';

/** @param query the subscribed query where it is known to exist, else null: an error is then as it should be. @param warnMs longest time until the first transition that counts as well. */
export function judgeSync(sync: ConvexSync, query: string | null, warnMs: number): readonly Finding[] {
	if (sync.firstTransitionMs === null)
		return [
			{
				code: 'sync.no-transition',
				severity: 'fail',
				message: `The WebSocket opens in ${Math.round(sync.openMs)} ms, but no result comes over it${sync.message === null ? '' : `: ${sync.message}`}`,
				fix: 'look at proxies between that hold back WebSocket frames, and at the deployment’s log',
			},
		];
	if (query !== null && sync.query === 'error')
		return [
			{
				code: 'sync.error',
				severity: 'fail',
				message: `The subscription to ${query} gives an error${sync.message === null ? '' : `: ${sync.message}`}`,
				fix: 'holdfast check convex.functions, and look at the deployment’s log',
			},
		];
	const total = sync.firstTransitionMs;
	if (total <= warnMs) return [];
	return [
		{
			code: 'sync.slow',
			severity: 'warn',
			message: `The first result over the WebSocket takes ${Math.round(total)} ms, more than ${warnMs} ms`,
			fix: 'look at the deployment’s load and at the network between',
		},
	];
}
