import { failedAnswer, PlainError } from '../../functions/error-words.mjs';
import { Refusal } from '../../refusal.mjs';
import { askSystem } from '../ask-system.mjs';
import { toCleanJson } from '../to-clean-json.mjs';

/** @import { Deployment } from '../../deployment.d.ts' */
/** @import { Answer, FunctionType } from '../../functions/functions.d.ts' */
/** @import { Route, RouteRequest } from '../http.d.ts' */

const FORMATS = ['json', 'convex_encoded_json', 'convex_json'];
/** A query is answered as of a time at most so long ago. */
const RETENTION_US = 30_000_000;

/** Calls of functions (crates/local_backend/src/public_api.rs of get-convex/convex-backend). @type {Readonly<Record<string, Route>>} */
export const functionCalls = {
	'/api/query': (deployment, request) =>
		call(deployment, request, request.method === 'GET' ? readQueryString(request.query) : readCall(request.json()), 'Query'),
	'/api/mutation': (deployment, request) => call(deployment, request, readCall(request.json()), 'Mutation'),
	'/api/action': (deployment, request) => call(deployment, request, readCall(request.json()), 'Action'),
	'/api/function': (deployment, request) => call(deployment, request, readCall(request.json())),
	'/api/run/': (deployment, request) => {
		const parts = request.path.slice('/api/run/'.length).split('/').map(decodeURIComponent);
		const name = parts.pop();
		if (parts.length === 0 || !name)
			throw new Refusal(400, 'MissingIdentifier', 'Path or function name not provided in path, e.g. /api/run/messages/list');
		return call(deployment, request, { format: 'json', ...readCall({ path: `${parts.join('/')}:${name}`, ...asObject(request.json()) }) });
	},
	'/api/query_batch': async (deployment, request) => {
		const { queries } = asObject(request.json());
		if (!Array.isArray(queries)) throw new Refusal(400, 'BadJsonBody', 'Expected queries.');
		const results = [];
		for (const query of queries) results.push(await call(deployment, request, readCall(query), 'Query'));
		return { results };
	},
	'/api/query_ts': ({ tick }) => ({ ts: encodeTime(tick()) }),
	'/api/query_at_ts': (deployment, request) => {
		const body = asObject(request.json());
		const at = decodeTime(body.ts);
		// The data of now: what was committed within the last seconds is not taken back.
		if (at < Date.now() * 1000 - RETENTION_US) throw new Refusal(503, 'InternalServerError', 'The timestamp is out of retention.');
		return call(deployment, request, readCall(body), 'Query');
	},
	'/api/storage/': ({ state }) => {
		if (state.refusal() !== undefined)
			throw new Refusal(400, 'BackendIsNotRunning', 'Cannot perform this operation when the backend is not running');
		throw new Refusal(404, 'FileNotFound', 'convex-local keeps no files.');
	},
};

/** @typedef {{ path: string, args: unknown, format?: string }} Call */

/** @param {Deployment} deployment @param {RouteRequest} request @param {Call} what @param {FunctionType} [type] @returns {Promise<object>} */
async function call(deployment, { caller, requestId }, { path, args, format }, type) {
	/** @type {Answer} */
	let answer;
	if (path.startsWith('_system/')) {
		if (!caller.admin) throw new Refusal(401, 'Unauthenticated', 'An admin key is required for this.');
		answer = await askSystemFunction(deployment, path, args);
	} else answer = await deployment.call({ path, args, type, caller, from: 'HttpApi', requestId });
	const shown = answer.status === 'success' && format === 'json' ? { ...answer, value: toCleanJson(answer.value) } : answer;
	const { logLines, ...rest } = shown;
	return logLines.length === 0 ? rest : shown;
}

/** @param {Deployment} deployment @param {string} path @param {unknown} args @returns {Promise<Answer>} */
async function askSystemFunction(deployment, path, args) {
	try {
		const given = Array.isArray(args) ? args[0] : args;
		return { status: 'success', value: await askSystem(deployment, path, asObject(given ?? {})), logLines: [] };
	} catch (error) {
		if (!(error instanceof PlainError)) throw error;
		return failedAnswer(error, { requestId: 'system', redact: deployment.redact, logLines: [] });
	}
}

/** @param {unknown} body @returns {Call} @throws {Refusal} 400 */
function readCall(body) {
	const { path, args, format } = asObject(body);
	if (typeof path !== 'string') throw new Refusal(400, 'BadJsonBody', 'Expected a path.');
	if (format !== undefined && format !== null && !FORMATS.some((known) => known === format))
		throw new Refusal(400, 'BadFormat', `Expected one of ${FORMATS.join(', ')} as format.`);
	return { path, args, ...(typeof format === 'string' ? { format } : {}) };
}

/** @param {URLSearchParams} query @returns {Call} */
function readQueryString(query) {
	const format = query.get('format');
	return readCall({ path: query.get('path'), args: JSON.parse(query.get('args') ?? '{}'), ...(format === null ? {} : { format }) });
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function asObject(value) {
	if (typeof value !== 'object' || value === null) throw new Refusal(400, 'BadJsonBody', 'Expected an object.');
	return /** @type {Record<string, unknown>} */ (value);
}

/** Base64 of a little-endian 64-bit number: nanoseconds, of which microseconds are told apart. @param {number} microseconds */
function encodeTime(microseconds) {
	const bytes = Buffer.alloc(8);
	bytes.writeBigUInt64LE(BigInt(microseconds) * 1000n);
	return bytes.toString('base64');
}

/** @param {unknown} text @returns {number} microseconds @throws {Refusal} 400 */
function decodeTime(text) {
	const bytes = Buffer.from(String(text), 'base64');
	if (bytes.length !== 8) throw new Refusal(400, 'BadJsonBody', 'Expected ts, eight bytes as base64.');
	return Number(bytes.readBigUInt64LE() / 1000n);
}
