/**
 * The fetch that vendors are asked with: node:http and node:https below the web's Response, because only these let us see the
 * address before the connection. Metadata addresses are refused whatever name leads there; no redirect is followed.
 */
import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import type { Fetch } from './ask-vendor.ts';
import { isMetadataAddress } from './metadata-address.ts';

export function createNodeFetch(): Fetch {
	return (input, init) =>
		new Promise((resolve, reject) => {
			const url = new URL(input);
			const host = url.hostname.replace(/^\[|\]$/g, '');
			if (isIP(host) !== 0 && isMetadataAddress(host)) return reject(refused());
			const request = (url.protocol === 'https:' ? https : http).request(url, {
				method: init.method ?? 'GET',
				headers: Object.fromEntries(new Headers(init.headers)),
				agent: false,
				lookup: guardedLookup,
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
			request.end();
		});
}

/** Nothing was said about accepted encodings, so what comes is plain. */
function toWebStream(incoming: http.IncomingMessage): ReadableStream<Uint8Array> {
	return Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
}

const guardedLookup: LookupFunction = (host, options, callback) => {
	lookup(host, { ...options, all: true }, (error, addresses) => {
		if (error !== null) return callback(error, [], undefined);
		const allowed = addresses.filter(({ address }) => !isMetadataAddress(address));
		const first = allowed[0];
		if (first === undefined) return callback(refused(), [], undefined);
		return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family);
	});
};

function refused(): NodeJS.ErrnoException {
	return Object.assign(new Error('refused'), { code: 'TARGET_REFUSED' });
}
