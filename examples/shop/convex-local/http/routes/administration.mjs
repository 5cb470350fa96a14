import { metricUnits } from '../../functions/usage-meter.mjs';
import { Refusal } from '../../refusal.mjs';
import { usageLimits } from './usage-limits.mjs';

/** @import { Deployment } from '../../deployment.d.ts' */
/** @import { Route } from '../http.d.ts' */

/** Audit events on one page: asked for, and at most. */
const PAGE = { usual: 15, most: 100 };

/**
 * The deployment's own API (OpenAPI "Convex Deployment API 1.0.0") and its older forms without `/v1`.
 * @type {Readonly<Record<string, Route>>}
 */
export const administration = {
	'/api/update_environment_variables': updateEnvironment,
	'/api/v1/update_environment_variables': updateEnvironment,
	'/api/v1/list_environment_variables': ({ environment }) => ({ environmentVariables: environment.value }),
	'/api/v1/pause_deployment': async (deployment) => {
		mustBeChangeable(deployment, 'PauseDeploymentFailed', 'paused');
		if (deployment.state.value.user !== 'paused') await switchUserState(deployment, 'paused');
		return '';
	},
	'/api/v1/unpause_deployment': async (deployment) => {
		mustBeChangeable(deployment, 'UnpauseDeploymentFailed', 'unpaused');
		if (deployment.state.value.user !== 'paused') throw new Refusal(400, 'UnpauseDeploymentFailed', 'Deployment is not currently paused.');
		await switchUserState(deployment, 'none');
		return '';
	},
	'/api/v1/deployment_info': () => ({ kind: 'selfHosted' }),
	'/api/v1/get_canonical_urls': ({ url, siteUrl }) => ({ convexCloudUrl: url, convexSiteUrl: siteUrl }),
	'/api/v1/get_current_usage': ({ usage }) => ({
		metrics: Object.fromEntries(
			Object.entries(metricUnits).map(([metric, unit]) => [
				metric,
				{ unit, usage: { current_day: usage.used(metric, 'day'), current_month: usage.used(metric, 'month') } },
			]),
		),
		seedStatus: 'complete',
	}),
	'/api/v1/list_audit_log_events': ({ database }, { query }) => {
		const from = Number(query.get('from') ?? 0);
		const limit = Math.min(Number(query.get('limit') ?? PAGE.usual) || PAGE.usual, PAGE.most);
		const start = Number(query.get('cursor') ?? 0) || 0;
		const events = database.auditLog().filter(({ _creationTime }) => _creationTime >= from);
		const end = start + limit;
		return {
			items: events.slice(start, end).map(({ action, _creationTime, metadata }) => ({
				actor: { kind: 'system' },
				action,
				createTime: Math.floor(_creationTime),
				metadata,
				clientIp: null,
				clientUserAgent: null,
			})),
			pagination: { hasMore: end < events.length, nextCursor: end < events.length ? String(end) : null },
		};
	},
	...usageLimits,
};

/** @type {Route} */
async function updateEnvironment({ environment, database, audit }, request) {
	const { changes } = /** @type {{ changes?: unknown }} */ (request.json());
	if (!Array.isArray(changes)) throw new Refusal(400, 'BadJsonBody', 'Expected changes.');
	for (const { name, value } of /** @type {{ name: string, value: string | null }[]} */ (changes)) {
		const known = Object.hasOwn(environment.value, name);
		if (value === null) delete environment.value[name];
		else environment.value[name] = String(value);
		const verb = value === null ? 'delete' : known ? 'update' : 'create';
		// By its name: the value goes nowhere but to the functions.
		await audit(`${verb}_environment_variable`, { variable_name: name });
	}
	environment.save();
	database.committer.invalidate();
	return '';
}

/** @param {Deployment} deployment @param {string} code @param {string} verb */
function mustBeChangeable({ state }, code, verb) {
	if (state.value.system !== 'none')
		throw new Refusal(400, code, `Deployment is currently disabled or suspended by Convex and cannot be ${verb}.`);
}

/** @param {Deployment} deployment @param {'none' | 'paused'} user */
async function switchUserState({ state, audit }, user) {
	state.value.user = user;
	state.changed();
	await audit(user === 'paused' ? 'pause_deployment' : 'unpause_deployment', {});
}
