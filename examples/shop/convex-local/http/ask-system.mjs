import { convexToJson } from 'convex/values';
import { typeOf } from '../functions/call-function.mjs';
import { PlainError } from '../functions/error-words.mjs';
import { listScheduled } from '../functions/scheduled.mjs';

/** @import { JSONValue } from 'convex/values' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @typedef {(deployment: Deployment, args: Record<string, unknown>) => JSONValue | Promise<JSONValue>} SystemQuery */

/**
 * The system queries that the CLI, the dashboard and an operator ask with an admin key, in every state of the deployment
 * (npm-packages/system-udfs/convex/_system of get-convex/convex-backend).
 * @type {Readonly<Record<string, SystemQuery>>}
 */
const QUERIES = {
	'cli/queryEnvironmentVariables': ({ environment }) => Object.entries(environment.value).map(([name, value]) => ({ name, value })),
	'cli/queryEnvironmentVariables:get': ({ environment }, { name }) => {
		const value = environment.value[String(name)];
		return value === undefined || !Object.hasOwn(environment.value, String(name)) ? null : { name: String(name), value };
	},
	'cli/tables': (deployment) => page(tablesOf(deployment).map((name) => ({ name }))),
	'cli/tableData': ({ database }, { table, order, paginationOpts }) => {
		const rows = database.rows(String(table));
		if (order === 'desc') rows.reverse();
		const { numItems = 100 } = /** @type {{ numItems?: number }} */ (paginationOpts ?? {});
		return page(rows.slice(0, numItems).map((document) => convexToJson(/** @type {import('convex/values').Value} */ (document))));
	},
	'frontend/tableSize': ({ database }, { tableName }) => database.rows(String(tableName)).length,
	'frontend/getSchemas': ({ schema }) => (schema === undefined ? {} : { active: exportSchema(schema) }),
	'frontend/listById': ({ database }, { ids }) =>
		/** @type {{ id: string, tableName: string }[]} */ (ids).map(({ id, tableName }) => {
			const row = database.rows(tableName).find(({ _id }) => _id === id);
			return row === undefined ? null : convexToJson(/** @type {import('convex/values').Value} */ (row));
		}),
	'cli/modules:apiSpec': describeFunctions,
	'cli/convexUrl:cloudUrl': ({ url }) => url,
	'cli/convexUrl:siteUrl': ({ siteUrl }) => siteUrl,
	'cli/exports:getLatest': ({ archive }) => archive.latestExport(),
	'cli/queryImport': ({ archive }, { importId }) => archive.importState(String(importId)),
	'cli/queryImport:list': ({ archive }) => [...archive.imports()],
	'frontend/backendState:backendState': ({ state }) => ({
		system: state.value.system,
		usage_limit: state.usageLimit(),
		user: state.value.user,
	}),
	// Of before there were usage limits: it does not know of them.
	'frontend/deploymentState:deploymentState': ({ state: { value } }) => ({
		state: value.system !== 'none' ? value.system : value.user === 'paused' ? 'paused' : 'running',
	}),
	'frontend/listAuthProviders': async (deployment) => JSON.parse(JSON.stringify(await deployment.providers())),
	'frontend/deploymentEvents:lastPushEvent': ({ database }) => {
		const event = database.auditLog().findLast(({ action }) => action.startsWith('push_config'));
		return event ? { ...event, member_id: null } : null;
	},
	'frontend/listCronJobs': () => [],
	'frontend/listCronJobRuns': () => [],
	'frontend/paginatedScheduledJobs': ({ database }, { udfPath }) =>
		page(
			listScheduled(database)
				.filter(({ state, name }) => state.kind === 'pending' && (udfPath === undefined || udfPath === name))
				.map(({ _id, _creationTime, name, scheduledTime }) => ({
					_id,
					_creationTime,
					udfPath: name,
					state: { type: 'pending' },
					nextTs: scheduledTime,
				})),
		),
};

/** @param {Deployment} deployment @param {string} path `_system/…` @param {Record<string, unknown>} args @returns {Promise<JSONValue>} @throws {PlainError} */
export async function askSystem(deployment, path, args) {
	const name = path
		.replace(/^_system\//, '')
		.replace(/\.js(?=:|$)/, '')
		.replace(/:default$/, '');
	const query = Object.hasOwn(QUERIES, name) ? QUERIES[name] : undefined;
	if (!query)
		throw new PlainError(
			`Could not find public function for '${path}'. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`,
		);
	return query(deployment, args);
}

/** Tables that the schema declares or that hold something. @param {Deployment} deployment */
export const tablesOf = ({ schema, database }) =>
	[...new Set([...Object.keys(schema?.tables ?? {}), ...database.tables()])].filter((name) => !name.startsWith('_')).sort();

/** Not part of the public types. @param {NonNullable<Deployment['schema']>} schema */
const exportSchema = (schema) => /** @type {{ export(): string }} */ (/** @type {unknown} */ (schema)).export();

/** @param {JSONValue[]} items */
const page = (items) => ({ page: items, isDone: true, continueCursor: 'end' });

/** @param {Deployment} deployment @returns {JSONValue} */
function describeFunctions({ functions, http }) {
	const specs = [...functions].map(([identifier, registered]) => ({
		identifier: identifier.replace(':', '.js:'),
		functionType: typeOf(registered),
		visibility: { kind: registered.isPublic ? 'public' : 'internal' },
		args: JSON.parse(registered.exportArgs?.() ?? 'null'),
		returns: JSON.parse(registered.exportReturns?.() ?? 'null'),
	}));
	const routes = (http?.getRoutes() ?? []).map(([path, method]) => ({ functionType: 'HttpAction', method, path }));
	return [...specs, ...routes];
}
