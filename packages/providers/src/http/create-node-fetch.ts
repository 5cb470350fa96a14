/**
 * The fetch that vendors are asked with: node:http and node:https below the web's Response, because only these let us see the
 * address before the connection. The guard is the one of the checks: metadata addresses are refused whatever name leads there,
 * private ones unless the service is private. No redirect is followed.
 */
import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { checkReach, createGuardedLookup, TargetRefusedError } from '@holdfast/checks/target';
import type { Fetch } from './ask-vendor.ts';
import { rememberTrust } from './remember-trust.ts';

export function createNodeFetch(): Fetch {
	const trustFor = rememberTrust();
	return (input, init, reach = { private: false }) =>
		new Promise((resolve, reject) => {
			const url = new URL(input);
			const refusal = checkReach(url.hostname, reach);
			if (refusal !== null) return reject(new TargetRefusedError(refusal));
			const secure = url.protocol === 'https:';
			const request = (secure ? https : http).request(url, {
				method: init.method ?? 'GET',
				headers: Object.fromEntries(new Headers(init.headers)),
				agent: false,
				lookup: createGuardedLookup(reach),
				...(secure && reach.ca !== undefined ? { secureContext: trustFor(reach.ca) } : {}),
				...(init.signal === undefined || init.signal === null ? {} : { signal: init.signal }),
			});
			request.on('error', reject);
			request.on('response', (incoming) => {
				const headers = new Headers();
				for (const [name, value] of Object.entries(incoming.headers)) for (const part of [value ?? []].flat()) headers.append(name, part);
				const status = incoming.statusCode ?? 502;
				const empty = status === 204 || status === 205 || status === 304;
				resolve(new Response(empty ? null : toWebStream(incoming), { status: status >= 200 && status <= 599 ? status : 502, headers }));
			});
			request.end(typeof init.body === 'string' ? init.body : undefined);
		});
}

/** Nothing was said about accepted encodings, so what comes is plain. */
function toWebStream(incoming: http.IncomingMessage): ReadableStream<Uint8Array> {
	return Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
}
