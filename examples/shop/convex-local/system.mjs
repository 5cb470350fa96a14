import { convexToJson } from 'convex/values';
import { tableOf } from './database.mjs';
import { overLimit } from './execute.mjs';

/**
 * The system queries that the CLI and the dashboard ask with an admin key.
 * @param {any} d @param {string} path @param {any} args
 */
export async function askSystem(d, path, args) {
	switch (path.replace(/\.js(?=:|$)/, '').replace(/:default$/, '')) {
		case '_system/cli/queryEnvironmentVariables':
			return Object.entries(d.env).map(([name, value]) => ({ name, value }));
		case '_system/cli/queryEnvironmentVariables:get':
			return args.name in d.env ? { name: args.name, value: d.env[args.name] } : null;
		case '_system/cli/tables':
			return page(tables(d).map((name) => ({ name })));
		case '_system/cli/tableData': {
			const docs = rows(d, args.table);
			if (args.order === 'desc') docs.reverse();
			return page(docs.slice(0, args.paginationOpts?.numItems ?? 100).map((doc) => convexToJson(doc)));
		}
		case '_system/cli/modules:apiSpec':
			return apiSpec(d);
		case '_system/cli/convexUrl:cloudUrl':
			return d.url;
		case '_system/cli/convexUrl:siteUrl':
			return d.siteUrl;
		case '_system/frontend/backendState:backendState':
			return { system: d.state.value.system, usage_limit: overLimit(d) ? 'disabled' : 'none', user: d.state.value.user };
		case '_system/frontend/deploymentState:deploymentState':
			return {
				state:
					d.state.value.system !== 'none'
						? d.state.value.system
						: overLimit(d)
							? 'disabled'
							: d.state.value.user === 'paused'
								? 'paused'
								: 'running',
			};
		case '_system/frontend/listAuthProviders':
			return d.providers();
		case '_system/cli/exports:getLatest':
			return d.archive.latest();
		case '_system/cli/queryImport':
			return d.archive.importState(args.importId);
		case '_system/cli/queryImport:list':
			return d.archive.imports();
		case '_system/frontend/listCronJobs':
			return [];
		default:
			throw new Error(`Could not find function for '${path}'.`);
	}
}

/** @param {any} d @returns {string[]} */
export const tables = (d) =>
	[...new Set([...Object.keys(d.schema?.tables ?? {}), ...Object.keys(d.database.all()).map(tableOf)])]
		.filter((it) => !it.startsWith('_'))
		.sort();
/** @param {any} d @param {string} table @returns {any[]} */
export const rows = (d, table) =>
	Object.values(d.database.all())
		.filter((/** @type {any} */ it) => tableOf(it._id) === table)
		.sort((a, b) => a._creationTime - b._creationTime);

/** @param {unknown[]} items */
const page = (items) => ({ page: items, isDone: true, continueCursor: 'end' });

/** @param {any} d */
function apiSpec(d) {
	const specs = [...d.functions].map(([identifier, it]) => ({
		identifier: identifier.replace(':', '.js:'),
		functionType: it.isQuery ? 'Query' : it.isMutation ? 'Mutation' : 'Action',
		visibility: { kind: it.isPublic ? 'public' : 'internal' },
		args: JSON.parse(it.exportArgs?.() ?? 'null'),
		returns: JSON.parse(it.exportReturns?.() ?? 'null'),
	}));
	const routes = (d.http?.getRoutes() ?? []).map((/** @type {any[]} */ [path, method]) => ({ functionType: 'HttpAction', method, path }));
	return [...specs, ...routes];
}
