import { INTERNAL_ERROR, Refusal } from '../refusal.mjs';
import { findRoute } from './find-route.mjs';
import { readBody, readCaller } from './read-request.mjs';
import { serveSite } from './serve-site.mjs';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { RouteAnswer } from './http.d.ts' */

/** `/echo` takes more than a function does (crates/common/src/http/mod.rs of get-convex/convex-backend). */
const ECHO_BYTES = 128 * 1024 * 1024;

/** Answers the API port. @param {Deployment} deployment @param {IncomingMessage} incoming @param {ServerResponse} response */
export async function serveApi(deployment, incoming, response) {
	allowOrigin(incoming, response);
	const gone = new AbortController();
	response.once('close', () => gone.abort());
	try {
		if (incoming.method === 'OPTIONS') return void response.writeHead(200).end();
		const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
		if (url.pathname.startsWith('/http/')) return await serveSite(deployment, incoming, response, url.pathname.slice(5) + url.search);
		const body = await readBody(incoming, url.pathname === '/echo' ? ECHO_BYTES : undefined);
		const { route, open } = findRoute(url.pathname);
		const caller = open ? { admin: false } : await readCaller(deployment, incoming.headers.authorization, url.searchParams);
		const requestId = incoming.headers['convex-request-id'];
		const answer = await route(deployment, {
			method: incoming.method ?? 'GET',
			path: url.pathname,
			query: url.searchParams,
			headers: incoming.headers,
			body,
			json: () => (body.length === 0 ? {} : JSON.parse(body.toString('utf8'))),
			caller,
			requestId: typeof requestId === 'string' ? requestId : undefined,
			gone: gone.signal,
			incoming,
			response,
		});
		reply(response, 200, answer);
	} catch (error) {
		// The rest of its body is not waited for.
		if (!incoming.complete && !response.headersSent) response.setHeader('connection', 'close');
		if (error instanceof Refusal) reply(response, error.status, { code: error.code, message: error.message });
		else if (error instanceof SyntaxError) reply(response, 400, { code: 'BadJsonBody', message: 'The body is not JSON.' });
		else reply(response, 500, { code: 'InternalServerError', message: INTERNAL_ERROR });
	}
}

/** @param {ServerResponse} response @param {number} status @param {RouteAnswer} answer undefined: the route has answered */
function reply(response, status, answer) {
	if (answer === undefined || response.headersSent) return;
	const text = typeof answer === 'string';
	response.writeHead(status, { 'content-type': text ? 'text/plain' : 'application/json' }).end(text ? answer : JSON.stringify(answer));
}

/** Every origin is mirrored. @param {IncomingMessage} incoming @param {ServerResponse} response */
function allowOrigin({ headers }, response) {
	if (headers.origin === undefined) return;
	response.setHeader('access-control-allow-origin', headers.origin);
	response.setHeader('access-control-allow-credentials', 'true');
	response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '*');
	response.setHeader('access-control-max-age', '86400');
}
