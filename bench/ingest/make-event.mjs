/** An envelope with one error as `@sentry/node` 11 writes it: frames with their lines, breadcrumbs, contexts, modules. */
import { randomBytes } from 'node:crypto';

const SOURCES = [
	'export async function loadOrder(id, { client, signal }) {',
	"\tconst rows = await client.query('select * from orders where id = $1', [id], { signal });",
	"\tif (rows.length === 0) throw new OrderError('order is gone: ' + id, { cause: error });",
	'\treturn { ...rows[0], lines: rows.map(({ line, count, price }) => ({ line, count, price })) };',
	'\tconst session = await readSession(request.headers.get("cookie"));',
	'}',
];

/** @param {{ kb: number, frames?: number, groups?: number }} size about how large; breadcrumbs fill what the frames leave; how many different errors, in turns. @returns {() => Buffer} a new event at each call */
export function makeEvents({ kb, frames = 14, groups = 1 }) {
	const stack = Array.from({ length: frames }, (_, index) => ({
		filename:
			index % 3 === 0 ? '/srv/app/node_modules/next/dist/server/base-server.js' : `/srv/app/.next/server/src/orders/step-${index % 5}.js`,
		module: index % 3 === 0 ? 'next.dist.server:base-server' : `src.orders:step-${index % 5}`,
		function: `handleStep${index}`,
		lineno: 40 + index,
		colno: 12,
		in_app: index % 3 !== 0,
		pre_context: SOURCES.slice(0, 5),
		context_line: SOURCES[2],
		post_context: SOURCES.slice(1, 6),
	}));
	const event = {
		exception: {
			values: [
				{ type: '<type>', value: 'order 4211 is gone', mechanism: { type: 'generic', handled: true }, stacktrace: { frames: stack } },
			],
		},
		level: 'error',
		platform: 'node',
		contexts: {
			trace: { trace_id: hex(16), span_id: hex(8) },
			runtime: { name: 'node', version: 'v20.20.2' },
			os: { name: 'Debian', version: '12.11' },
		},
		server_name: 'web-1',
		timestamp: Date.now() / 1000,
		environment: 'production',
		release: 'shop@1.4.0',
		transaction: 'GET /orders/[id]',
		tags: { area: 'orders', region: 'fra1' },
		request: {
			method: 'GET',
			url: 'https://shop.example/orders/4211?page=2',
			headers: { accept: '*/*', cookie: 'session=abcdef0123456789', 'user-agent': 'Mozilla/5.0' },
		},
		sdk: { name: 'sentry.javascript.node', version: '11.5.0', integrations: ['EventFilters', 'LinkedErrors', 'Http', 'NodeFetch'] },
		breadcrumbs: /** @type {object[]} */ ([]),
		modules: { next: '16.4.6', react: '19.3.1' },
	};
	for (let index = 0; JSON.stringify(event).length < kb * 1024; index += 1)
		event.breadcrumbs.push({
			timestamp: Date.now() / 1000,
			category: 'http',
			type: 'http',
			message: `GET https://api.example/stock/${index}?token=${hex(8)} took ${index} ms`,
			data: { 'http.method': 'GET', url: `https://api.example/stock/${index}`, status_code: 200 },
		});
	const [before, between, after] = JSON.stringify({ event_id: '<id>', ...event }).split(/<id>|<type>/);
	let made = 0;
	return () => {
		const id = hex(16);
		const type = `OrderError${groups === 1 ? '' : made % groups}`;
		made += 1;
		return Buffer.from(
			`{"event_id":"${id}","sent_at":"${new Date().toISOString()}"}\n{"type":"event"}\n${before}${id}${between}${type}${after}\n`,
		);
	};
}

/** @param {number} bytes */
function hex(bytes) {
	return randomBytes(bytes).toString('hex');
}
