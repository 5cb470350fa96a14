import { randomUUID } from 'node:crypto';
import { metricUnits } from '../../functions/usage-meter.mjs';
import { Refusal } from '../../refusal.mjs';

/** @import { UsageLimit } from '../../functions/functions.d.ts' */
/** @import { Route, RouteRequest } from '../http.d.ts' */

/** crates/local_backend/src/usage_limits.rs of get-convex/convex-backend. @type {Readonly<Record<string, Route>>} */
export const usageLimits = {
	'/api/v1/list_usage_limits': ({ state }) => ({ usageLimits: state.value.limits }),
	'/api/v1/create_usage_limit': async ({ state, audit }, request) => {
		const usageLimit = { id: randomUUID(), ...readLimit(request) };
		state.value.limits.push(usageLimit);
		state.changed();
		await audit('create_usage_limit', { ...usageLimit });
		return { usageLimit };
	},
	'/api/v1/update_usage_limit/': async ({ state, audit }, request) => {
		const id = idOf(request);
		const index = find(state.value.limits, id);
		const usageLimit = { id, ...readLimit(request) };
		state.value.limits[index] = usageLimit;
		state.changed();
		await audit('update_usage_limit', { ...usageLimit });
		return { usageLimit };
	},
	'/api/v1/delete_usage_limit/': async ({ state, audit }, request) => {
		const id = idOf(request);
		state.value.limits.splice(find(state.value.limits, id), 1);
		state.changed();
		await audit('delete_usage_limit', { id });
		return '';
	},
};

/** @param {RouteRequest} request */
const idOf = ({ path }) => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** @param {readonly UsageLimit[]} limits @param {string} id @throws {Refusal} 404 */
function find(limits, id) {
	const index = limits.findIndex((limit) => limit.id === id);
	if (index < 0) throw new Refusal(404, 'UsageLimitNotFound', "The usage limit couldn't be found.");
	return index;
}

/** @param {RouteRequest} request @returns {Omit<UsageLimit, 'id'>} @throws {Refusal} 400 */
function readLimit(request) {
	const { name = null, metric, window, limitType, limit, enabled } = /** @type {Partial<UsageLimit>} */ (request.json());
	if (typeof metric !== 'string' || !Object.hasOwn(metricUnits, metric))
		throw new Refusal(400, 'InvalidUsageLimitMetric', `Invalid usage limit metric: ${metric}`);
	if (window !== 'day' && window !== 'month') throw new Refusal(400, 'InvalidUsageLimitWindow', `Invalid usage limit window: ${window}`);
	if (limitType !== 'warning' && limitType !== 'disable')
		throw new Refusal(400, 'InvalidUsageLimitType', `Invalid usage limit type: ${limitType}`);
	if (!Number.isSafeInteger(limit) || Number(limit) < 1) throw new Refusal(400, 'InvalidUsageLimit', 'Expected a limit of 1 or more.');
	return { name, metric, window, limitType, limit: Number(limit), enabled: enabled !== false };
}
