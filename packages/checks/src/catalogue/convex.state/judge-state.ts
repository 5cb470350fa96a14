/** What keeps a deployment from running its functions. Switches and their order: https://docs.convex.dev/production/pause-deployment. Pure. */
import type { Finding } from '../../contract.ts';
import type { ConvexErrorKind, ConvexState } from '../../vendors.ts';

const stops = {
	disabled: {
		message: 'The deployment is disabled: the plan’s or the spending limits are exceeded, and no function runs',
		fix: 'raise the plan or the spending limit in the Convex dashboard',
	},
	'over-limit': {
		message: 'The deployment is disabled by a usage limit that was set for it, and no function runs',
		fix: 'raise or take away the usage limit in the deployment’s settings',
	},
	suspended: {
		message: 'The deployment is suspended, and no function runs',
		fix: 'ask Convex support why, at support@convex.dev',
	},
	paused: {
		message: 'The deployment is paused, and no function runs',
		fix: 'resume it in the deployment’s settings, or with the deployment API’s unpause_deployment',
	},
} as const;

export type Stop = keyof typeof stops;

/** @param family of the code: `state` or `functions`. */
export function describeStop(stop: Stop, family: string): Finding {
	return { code: `${family}.${stop}`, severity: 'fail', ...stops[stop] };
}

/** @returns every switch that is off, in the order in which the deployment looks at them. */
export function listStops(state: ConvexState): readonly Stop[] {
	return [
		...(state.system === 'disabled' ? (['disabled'] as const) : []),
		...(state.usageLimit === 'disabled' ? (['over-limit'] as const) : []),
		...(state.system === 'suspended' ? (['suspended'] as const) : []),
		...(state.user === 'paused' ? (['paused'] as const) : []),
	];
}

/** @returns the stop that a refused call speaks of, or null when it speaks of something else. */
export function readStop(error: ConvexErrorKind): Stop | null {
	return error === 'paused' || error === 'disabled' || error === 'suspended' || error === 'over-limit' ? error : null;
}
