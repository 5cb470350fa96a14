import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';

export interface WriteOptions {
	/** Headers of every answer to this request. */
	readonly headers: Readonly<Record<string, string>>;
	readonly lingerMs: number;
	/** The connection ends with this answer. */
	readonly last: boolean;
}

/**
 * Writes an answer. A request that was refused before all of it came is read on and thrown away for a while, so that its sender gets to the answer instead of a
 * broken connection; after that the connection ends.
 */
export function writeAnswer(
	request: IncomingMessage,
	response: ServerResponse,
	{ status, body, headers = {} }: Answer,
	options: WriteOptions,
): void {
	if (response.headersSent || response.destroyed) return;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const fields: Record<string, string | number> = {
		'Content-Type': 'application/json; charset=utf-8',
		'Cache-Control': 'no-store',
		'X-Content-Type-Options': 'nosniff',
		...options.headers,
		...headers,
		'Content-Length': Buffer.byteLength(text),
	};
	if (options.last) fields.Connection = 'close';
	for (const [name, value] of Object.entries(fields)) if (typeof value === 'string' && /[^\t\x20-\x7e]/.test(value)) delete fields[name];
	response.writeHead(status, fields).end(status === 204 || request.method === 'HEAD' ? undefined : text);
	if (!request.complete) linger(request, options.lingerMs);
}

function linger(request: IncomingMessage, lingerMs: number): void {
	const timer = setTimeout(() => request.socket.destroy(), lingerMs);
	timer.unref();
	request.once('close', () => clearTimeout(timer));
	request.on('error', () => undefined);
	request.resume();
}
