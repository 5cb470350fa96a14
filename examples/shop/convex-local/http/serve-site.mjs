import { randomBytes } from 'node:crypto';
import { beginExecution, mustRun } from '../functions/begin-execution.mjs';
import { wordsOf } from '../functions/error-words.mjs';
import { Refusal } from '../refusal.mjs';
import { identify } from './identify.mjs';
import { readBody } from './read-request.mjs';

/** @import { IncomingMessage, ServerResponse } from 'node:http' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Identity } from '../functions/functions.d.ts' */

/** Answers HTTP actions. @param {Deployment} deployment @param {IncomingMessage} request @param {ServerResponse} response @param {string} path */
export async function serveSite(deployment, request, response, path) {
	const requestId = randomBytes(8).toString('hex');
	try {
		const body = await readBody(request);
		mustRun(deployment);
		await answer(deployment, { request, response, path, body, requestId });
	} catch (error) {
		if (response.headersSent) return void response.end();
		if (!request.complete) response.setHeader('connection', 'close');
		if (error instanceof Refusal) sendJson(response, error.status, { code: error.code, message: error.message });
		// A body that never came whole, or an address that is none: nobody's function has run.
		else if (isUnreadable(error)) sendJson(response, 400, { code: 'BadRequest', message: 'The request cannot be read.' });
		else sendFailure(deployment, response, { requestId, error });
	}
}

/** @param {Deployment} deployment @param {{ request: IncomingMessage, response: ServerResponse, path: string, body: Buffer, requestId: string }} what */
async function answer(deployment, { request, response, path, body, requestId }) {
	const { http, siteUrl, log, permits, executions, origins, inWorld, test } = deployment;
	if (!http) return void response.writeHead(404).end('This Convex deployment does not have HTTP actions enabled.');
	const method = request.method ?? 'GET';
	const found = http.lookup(new URL(path, siteUrl || 'http://127.0.0.1').pathname, method);
	if (!found) return void response.writeHead(404).end('No matching routes found');
	const identity = await identityOf(deployment, request.headers.authorization);
	const origin = { caller: 'HttpEndpoint', requestId, parentId: null, identity };
	const execution = beginExecution(origin, 'HttpAction', `${found[1]} ${found[2]}`);
	const inner = { ...origin, caller: 'Action', parentId: execution.id };
	const release = await permits.acquire('HttpAction');
	try {
		const caller = identity ? test.withIdentity(identity) : test;
		const hasBody = body.length > 0 && method !== 'GET' && method !== 'HEAD';
		const init = { method, headers: headersOf(request), ...(hasBody ? { body: new Uint8Array(body) } : {}) };
		const answered = await inWorld(() => executions.run(execution, () => origins.run(inner, () => caller.fetch(path, init))));
		const bytes = Buffer.from(await answered.arrayBuffer());
		log.note({ execution, httpStatus: answered.status, returnBytes: bytes.length });
		response.writeHead(answered.status, Object.fromEntries(answered.headers)).end(bytes);
	} catch (error) {
		log.note({ execution, error: wordsOf(error) });
		sendFailure(deployment, response, { requestId, error });
	} finally {
		release();
	}
}

/** An HTTP action asks itself who calls: a token that is not good is nobody's. @param {Deployment} deployment @param {string | undefined} header @returns {Promise<Identity | undefined>} */
async function identityOf(deployment, header = '') {
	const bearer = /^bearer (.+)$/i.exec(header)?.[1];
	return bearer ? identify(bearer, await deployment.providers()).catch(() => undefined) : undefined;
}

/** @param {IncomingMessage} request */
function headersOf({ headersDistinct }) {
	const headers = new Headers();
	for (const [name, values = []] of Object.entries(headersDistinct)) for (const value of values) headers.append(name, value);
	return headers;
}

/** As a function that failed: crates/application/src/redaction.rs. @param {Deployment} deployment @param {ServerResponse} response @param {{ requestId: string, error: unknown }} what */
function sendFailure({ redact }, response, { requestId, error }) {
	const words = wordsOf(error);
	const code = `[Request ID: ${requestId}] Server Error`;
	sendJson(response, 500, redact ? { code } : { code: `${code}: ${words}`, trace: words });
}

/** @param {ServerResponse} response @param {number} status @param {object} body */
const sendJson = (response, status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** @param {unknown} error */
const isUnreadable = (error) =>
	error instanceof Error && 'code' in error && ['ECONNRESET', 'ERR_INVALID_URL', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code));
