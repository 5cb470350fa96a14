/**
 * What is watched: a server in a process of its own, whose processor time counts for nobody. Paths that are to fail answer 503.
 * Each failing answer is told with its time, so that it is known from outside when the engine could have known.
 */
import { createServer } from 'node:http';

/** @type {Set<string>} */
const failing = new Set();
const body =
	'<!doctype html><html lang="en"><head><title>Bakery</title></head><body><p>Twelve loaves are waiting for you.</p></body></html>';
const headers = { 'content-type': 'text/html', 'content-length': Buffer.byteLength(body) };
let answered = 0;

const server = createServer((request, response) => {
	answered += 1;
	const path = request.url ?? '/';
	const status = failing.has(path) || failing.has('*') ? 503 : 200;
	if (failing.size > 0) process.send?.({ kind: 'answer', path, status, at: Date.now() });
	response.writeHead(status, headers);
	response.end(body);
});
server.keepAliveTimeout = 1;
process.on('message', (/** @type {{ kind: string, paths?: readonly string[] }} */ message) => {
	if (message.kind === 'count') {
		process.send?.({ kind: 'count', answered });
		return;
	}
	failing.clear();
	for (const path of message.paths ?? []) failing.add(path);
});
process.on('disconnect', () => process.exit(0));
server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => {
	const address = server.address();
	process.send?.({ kind: 'port', port: typeof address === 'object' ? address?.port : 0 });
});
