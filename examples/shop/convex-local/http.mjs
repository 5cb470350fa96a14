import { randomBytes, randomUUID } from 'node:crypto';
import { identify, Refusal } from './authenticate.mjs';
import { stateOf } from './execute.mjs';
import { askSystem } from './system.mjs';

const LONG_POLL_MS = 60_000;
/** What a deployment takes of a request, in bytes. */
const MAX_BODY = 16 * 1024 * 1024;
const METRICS = [
	'functionCalls',
	'databaseIoGb',
	'dataEgressGb',
	'searchQueryGb',
	'queryMutationComputeGbHours',
	'actionComputeConvexGbHours',
	'actionComputeNodeJsGbHours',
	'actionComputeCpuGbHours',
];

/** Answers the API port. @param {any} d @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
export async function serveApi(d, request, response) {
	const origin = request.headers.origin;
	if (origin) {
		response.setHeader('access-control-allow-origin', origin);
		response.setHeader('access-control-allow-credentials', 'true');
		response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? '*');
		response.setHeader('access-control-max-age', '86400');
	}
	const reply = (/** @type {number} */ status, /** @type {any} */ body) => {
		const text = typeof body === 'string';
		response.writeHead(status, { 'content-type': text ? 'text/plain' : 'application/json' }).end(text ? body : JSON.stringify(body));
	};
	try {
		if (request.method === 'OPTIONS') return void response.writeHead(200).end();
		const url = new URL(request.url ?? '/', d.url);
		if (url.pathname.startsWith('/http/')) return await serveSite(d, request, response, url.pathname.slice(5) + url.search);
		const body = await readBody(request);
		const answer = await route(d, request, url, body, response);
		if (answer !== undefined) reply(200, answer);
	} catch (error) {
		if (error instanceof Refusal) reply(error.status, { code: error.code, message: error.message });
		else if (error instanceof SyntaxError) reply(400, { code: 'BadJsonBody', message: 'The body is not JSON.' });
		else reply(500, { code: 'InternalServerError', message: "Your request couldn't be completed. Try again later." });
	}
}

/** @param {any} d @param {import('node:http').IncomingMessage} request @param {URL} url @param {Buffer} body @param {import('node:http').ServerResponse} response @returns {Promise<any>} */
async function route(d, request, url, body, response) {
	const json = () => (body.length ? JSON.parse(String(body)) : {});
	const at = url.pathname;
	if (at === '/') return 'This Convex deployment is running.';
	if (at === '/version' || at === '/instance_version') return d.version;
	if (at === '/instance_name') return d.name;
	if (at === '/echo') return void response.writeHead(200).end(body);
	const header = request.headers.authorization ?? (url.searchParams.has('adminKey') ? `Convex ${url.searchParams.get('adminKey')}` : '');
	const [scheme = '', credential = ''] = header.split(/ (.*)/);
	const admin = scheme.toLowerCase() === 'convex';
	if (admin && !d.isAdmin(credential)) throw new Refusal(401, 'BadAdminKey', 'The provided admin key was invalid for this instance.');
	const kind = /^\/api\/(query|mutation|action|function)$/.exec(at)?.[1] ?? (at === '/api/query_at_ts' ? 'query' : undefined);
	if (kind) {
		const identity = scheme.toLowerCase() === 'bearer' ? await identify(credential, await d.providers()) : undefined;
		const { path, args } = json();
		if (typeof path !== 'string') throw new Refusal(400, 'BadJsonBody', 'Expected a path.');
		if (path.startsWith('_system/')) {
			mustBe(admin);
			return { status: 'success', value: await askSystem(d, path, (Array.isArray(args) ? args[0] : args) ?? {}), logLines: [] };
		}
		return d.executor.run({ path, args, kind: kind === 'function' ? undefined : kind[0]?.toUpperCase() + kind.slice(1), identity, admin });
	}
	if (at === '/api/query_ts') return { ts: Buffer.alloc(8).toString('base64') };
	mustBe(admin);
	if (/^\/api(\/app_metrics)?\/stream_(function_logs|udf_execution)$/.test(at))
		return streamLogs(d, url, request, /npm-cli|dashboard/.test(String(request.headers['convex-client'] ?? '')));
	switch (at.replace('/api/v1/', '/api/')) {
		case '/api/update_environment_variables':
			for (const { name, value } of json().changes) {
				if (value === null) delete d.env[name];
				else d.env[name] = String(value);
			}
			d.settings.save();
			d.announce();
			return '';
		case '/api/list_environment_variables':
			return { environmentVariables: d.env };
		case '/api/pause_deployment':
		case '/api/unpause_deployment':
			d.state.value.user = at.endsWith('/pause_deployment') ? 'paused' : 'none';
			return changed(d, '');
		case '/api/deployment_info':
			return { kind: 'selfHosted' };
		case '/api/get_canonical_urls':
			return { convexCloudUrl: d.url, convexSiteUrl: d.siteUrl };
		case '/api/get_current_usage':
			return {
				metrics: Object.fromEntries(
					METRICS.map((name) => [name, { unit: name, usage: { current_day: use(d, name), current_month: use(d, name) } }]),
				),
				seedStatus: 'complete',
			};
		case '/api/list_usage_limits':
			return { usageLimits: d.state.value.limits, items: d.state.value.limits };
		case '/api/create_usage_limit': {
			const made = { id: randomUUID(), ...json() };
			d.state.value.limits.push(made);
			return changed(d, made);
		}
		case '/api/export/request/zip':
			d.archive.request();
			return '';
		case '/api/import/start_upload':
			return { uploadToken: randomUUID() };
		case '/api/import/upload_part':
			return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(d.archive.part(body)));
		case '/api/import/finish_upload':
			return d.archive.finish(json());
		case '/api/perform_import':
			d.archive.perform(json().importId);
			return '';
	}
	if (at.startsWith('/api/export/zip/')) {
		const zip = d.archive.zip();
		response
			.writeHead(200, {
				'content-type': 'application/zip',
				'content-length': zip.length,
				'content-disposition': `attachment; filename=snapshot_${d.name}_${Date.now()}.zip`,
			})
			.end(zip);
		return undefined;
	}
	const limit = /^\/api\/v1\/(update|delete)_usage_limit\/(.+)$/.exec(at);
	if (limit) {
		const limits = d.state.value.limits;
		const index = limits.findIndex((/** @type {any} */ it) => it.id === limit[2]);
		if (index < 0) throw new Refusal(404, 'UsageLimitNotFound', 'There is no such usage limit.');
		if (limit[1] === 'delete') limits.splice(index, 1);
		else Object.assign(limits[index], json());
		return changed(d, '');
	}
	throw new Refusal(404, 'NotFound', `convex-local does not answer ${at}.`);
}

/** @param {any} d @param {any} answer */
function changed(d, answer) {
	d.state.save();
	d.announce();
	return answer;
}
/** @param {any} d @param {string} name */
const use = (d, name) => (name === 'functionCalls' ? d.usage.value.functionCalls : 0);
/** @param {boolean} admin */
function mustBe(admin) {
	if (!admin) throw new Refusal(401, 'Unauthenticated', 'An admin key is required for this.');
}

/** @param {any} d @param {URL} url @param {import('node:http').IncomingMessage} request @param {boolean} structured */
async function streamLogs(d, url, request, structured) {
	const cursor = Number(url.searchParams.get('cursor') ?? 0);
	const after = () => d.executor.entries.filter((/** @type {any} */ it) => it.timestamp > cursor);
	if (after().length === 0)
		await new Promise((resolve) => {
			const done = () => {
				clearTimeout(timer);
				d.executor.waiting.delete(done);
				resolve(undefined);
			};
			const timer = setTimeout(done, LONG_POLL_MS);
			d.executor.waiting.add(done);
			request.socket.once('close', done);
		});
	const entries = after().map((/** @type {any} */ it) =>
		structured ? it : { ...it, logLines: it.logLines.map((/** @type {any} */ line) => `[${line.level}] ${line.messages.join(' ')}`) },
	);
	return { entries, newCursor: entries.at(-1)?.timestamp ?? cursor };
}

/** Answers HTTP actions. @param {any} d @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {string} path */
export async function serveSite(d, request, response, path) {
	try {
		await answerSite(d, request, response, path);
	} catch (error) {
		// A body that never came whole, or an address that is none: nobody's function has run.
		const status = error instanceof Refusal ? error.status : 400;
		if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ code: error instanceof Refusal ? error.code : 'BadRequest', message: 'The request cannot be read.' }));
	}
}

/** @param {any} d @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response @param {string} path */
async function answerSite(d, request, response, path) {
	const body = await readBody(request);
	const requestId = randomBytes(8).toString('hex');
	const refused = stateOf(d);
	if (refused)
		return void response.writeHead(500, { 'content-type': 'application/json' }).end(
			JSON.stringify({
				code: `[Request ID: ${requestId}] Server Error${d.redact ? '' : `: ${refused}`}`,
				trace: d.redact ? null : refused,
			}),
		);
	if (!d.http) return void response.writeHead(404).end('This Convex deployment does not have HTTP actions enabled.');
	const method = request.method ?? 'GET';
	const found = d.http.lookup(new URL(path, d.siteUrl).pathname, method);
	if (!found) return void response.writeHead(404).end('No matching routes found');
	const began = performance.now();
	const record = { documents: 0, bytes: 0, written: 0, writtenBytes: 0, lines: [] };
	const identifier = `${found[1]} ${found[2]}`;
	try {
		const headers = new Headers(/** @type {any} */ (request.headers));
		const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
		const identity = bearer ? await identify(bearer, await d.providers()).catch(() => null) : null;
		const caller = identity ? d.test.withIdentity(identity) : d.test;
		const answer = await d.within(record, () =>
			caller.fetch(path, { method, headers, ...(body.length && method !== 'GET' && method !== 'HEAD' ? { body } : {}) }),
		);
		response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
		d.executor.note({
			udfType: 'HttpAction',
			identifier,
			began,
			record,
			error: null,
			requestId,
			success: { status: String(answer.status) },
		});
	} catch (error) {
		const message = String(/** @type {any} */ (error)?.message ?? error);
		d.executor.note({ udfType: 'HttpAction', identifier, began, record, error: message, requestId });
		response
			.writeHead(500, { 'content-type': 'application/json' })
			.end(JSON.stringify({ code: `[Request ID: ${requestId}] Server Error`, trace: d.redact ? null : message }));
	}
}

/** @param {import('node:http').IncomingMessage} request */
async function readBody(request) {
	const chunks = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > MAX_BODY) throw new Refusal(413, 'RequestTooLarge', 'The body is larger than 16 MiB.');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}
