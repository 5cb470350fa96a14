import { bodyBytes } from '../limits.mjs';
import { Refusal } from '../refusal.mjs';
import { identify } from './identify.mjs';

/** @import { IncomingMessage } from 'node:http' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Caller, Identity } from '../functions/functions.d.ts' */

/** @param {IncomingMessage} request @param {number} [most] bytes @throws {Refusal} 413 */
export async function readBody(request, most = bodyBytes) {
	const chunks = [];
	let size = 0;
	// The request stays open when it is too large, so that the answer can go out.
	for await (const chunk of request.iterator({ destroyOnReturn: false })) {
		size += chunk.length;
		if (size > most) throw new Refusal(413, 'RequestTooLarge', `The body is larger than ${most / 1024 / 1024} MiB.`);
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/**
 * Who asks, by the `Authorization` header: `Convex <admin key>`, `Convex <admin key>:<base64 of the attributes of a user>` to act as that user, or
 * `Bearer <token>` (crates/local_backend/src/authentication.rs). The query parameter `adminKey` stands in where there is no header.
 * @param {Deployment} deployment @param {string | undefined} header @param {URLSearchParams} query
 * @returns {Promise<Caller>}
 * @throws {Refusal} 401
 */
export async function readCaller(deployment, header, query) {
	const inQuery = query.get('adminKey');
	const [scheme = '', credential = ''] = (header ?? (inQuery === null ? '' : `Convex ${inQuery}`)).split(/ (.*)/);
	switch (scheme.toLowerCase()) {
		case 'convex':
			return readAdmin(deployment, credential);
		case 'bearer':
			return { admin: false, identity: await identify(credential, await deployment.providers()) };
		default:
			return { admin: false };
	}
}

/** @param {Deployment} deployment @param {string} credential @returns {Caller} */
export function readAdmin(deployment, credential) {
	if (deployment.isAdminKey(credential)) return { admin: true };
	const [, key = '', attributes = ''] = /^(.*):([\w+/=-]+)$/s.exec(credential) ?? [];
	const identity = deployment.isAdminKey(key) ? readAttributes(attributes) : undefined;
	if (!identity) throw new Refusal(401, 'BadAdminKey', 'The provided admin key was invalid for this instance.');
	return { admin: true, identity };
}

/** @param {string} text base64 of JSON @returns {Identity | undefined} */
function readAttributes(text) {
	try {
		return asIdentity(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
	} catch {
		return undefined;
	}
}

/** What an administrator says of the user they act as. @param {unknown} given @returns {Identity | undefined} */
export function asIdentity(given) {
	if (typeof given !== 'object' || given === null) return undefined;
	const { subject, issuer, ...rest } = /** @type {Record<string, unknown>} */ (given);
	if (typeof subject !== 'string' || typeof issuer !== 'string') return undefined;
	return { ...rest, subject, issuer, tokenIdentifier: `${issuer}|${subject}` };
}
