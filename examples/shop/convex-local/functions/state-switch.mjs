import { overload } from '../refusal.mjs';

/** @import { Committer, Settings } from '../data/data.d.ts' */
/** @import { DeploymentState, StateSwitch, UsageMeter } from './functions.d.ts' */

/** In the order of their precedence: crates/udf/src/validation.rs, `fail_while_not_running`, of get-convex/convex-backend. */
const SENTENCES = {
	overFreePlan:
		'You have exceeded the free plan limits, so your deployments have been disabled. Please upgrade to a Pro plan or reach out to us at support@convex.dev for help.',
	overSpending:
		'You have exceeded your spending limits, so your deployments have been disabled. Please increase your spending limit on the Convex dashboard or wait until limits reset.',
	overUsageLimit:
		'This deployment has been disabled because it exceeded a configured usage limit. Update or disable the usage limit in the Convex dashboard in deployment settings to resume function execution.',
	suspended: 'Cannot run functions while this deployment is suspended. Please contact Convex if you believe this is a mistake.',
	paused:
		'Cannot run functions while this deployment is paused. Resume the deployment in the dashboard settings to allow functions to run.',
};

/** @type {DeploymentState} */
export const runningState = { system: 'none', user: 'none', plan: 'free', failing: null, limits: [] };

/**
 * Whether public functions run. System functions, the environment, exports and logs work in every state.
 * @param {Settings<DeploymentState>} settings @param {{ usage: UsageMeter, committer: Committer }} parts
 * @returns {StateSwitch}
 */
export function createStateSwitch(settings, { usage, committer }) {
	const { value } = settings;
	/** @type {Set<() => void>} */
	const waiting = new Set();
	const usageLimit = () =>
		value.limits.some(
			({ enabled, limitType, metric, window, limit }) => enabled && limitType === 'disable' && usage.used(metric, window) > limit,
		)
			? /** @type {const} */ ('disabled')
			: /** @type {const} */ ('none');
	const refusal = () => {
		if (value.system === 'disabled') return value.plan === 'paid' ? SENTENCES.overSpending : SENTENCES.overFreePlan;
		if (usageLimit() === 'disabled') return SENTENCES.overUsageLimit;
		if (value.system === 'suspended') return SENTENCES.suspended;
		return value.user === 'paused' ? SENTENCES.paused : undefined;
	};
	return {
		value,
		usageLimit,
		refusal,
		failIfAsked() {
			if (value.failing !== null) throw overload(value.failing);
		},
		whenRunning: async () => {
			while (refusal() !== undefined)
				await new Promise((resolve) => {
					waiting.add(() => resolve(undefined));
				});
		},
		changed() {
			settings.save();
			committer.invalidate();
			const woken = [...waiting];
			waiting.clear();
			for (const wake of woken) wake();
		},
	};
}
