import { Refusal } from '../refusal.mjs';
import { administration } from './routes/administration.mjs';
import { archives } from './routes/archives.mjs';
import { functionCalls } from './routes/function-calls.mjs';
import { logs } from './routes/logs.mjs';
import { metrics } from './routes/metrics.mjs';
import { process } from './routes/process.mjs';

/** @import { Route } from './http.d.ts' */

/** Asked by anybody, whatever key they show. @type {Readonly<Record<string, Route>>} */
const OPEN = process;
/** Asked by anybody; a key or a token that is shown must be a good one. @type {Readonly<Record<string, Route>>} */
const PUBLIC = functionCalls;
/** Asked with an admin key. @type {Readonly<Record<string, Route>>} */
const ADMIN = { ...administration, ...archives, ...logs, ...metrics };

/**
 * The route of a path. A key that ends in `/` stands for everything below it.
 * @param {string} path @returns {{ route: Route, open: boolean }}
 */
export function findRoute(path) {
	const open = lookUp(OPEN, path);
	if (open) return { route: open, open: true };
	const forAll = lookUp(PUBLIC, path);
	if (forAll) return { route: forAll, open: false };
	const forAdmins = lookUp(ADMIN, path);
	return {
		open: false,
		route: (deployment, request) => {
			if (!request.caller.admin) throw new Refusal(401, 'Unauthenticated', 'An admin key is required for this.');
			if (!forAdmins) throw new Refusal(404, 'NotFound', `convex-local does not answer ${path}.`);
			return forAdmins(deployment, request);
		},
	};
}

/** @param {Readonly<Record<string, Route>>} routes @param {string} path */
function lookUp(routes, path) {
	if (Object.hasOwn(routes, path)) return routes[path];
	const prefix = Object.keys(routes).find((key) => key.length > 1 && key.endsWith('/') && path.startsWith(key));
	return prefix === undefined ? undefined : routes[prefix];
}
