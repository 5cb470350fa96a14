import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';

/** A refusal that goes out as `{code, message}`. */
export class Refusal extends Error {
	/** @param {number} status @param {string} code @param {string} message */
	constructor(status, code, message) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

/** @param {string} url @returns {Promise<any>} */
async function fetchJson(url) {
	if (url.startsWith('data:')) return JSON.parse(decodeURIComponent(url.slice(url.indexOf(',') + 1)));
	const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
	if (!answer.ok) throw new Error(`status ${answer.status}`);
	return answer.json();
}

/**
 * Who a token speaks for. Throws a Refusal (401) when no provider vouches for it.
 * @param {string} token @param {any[]} providers
 */
export async function identify(token, providers) {
	let claims;
	let header;
	try {
		claims = decodeJwt(token);
		header = decodeProtectedHeader(token);
	} catch {
		throw new Refusal(401, 'InvalidAuthHeader', 'Could not parse as a JWT.');
	}
	const audiences = [claims.aud].flat();
	const provider = providers.find(
		(it) => same(it.issuer ?? it.domain, claims.iss) && (it.applicationID === undefined || audiences.includes(it.applicationID)),
	);
	if (!provider)
		throw new Refusal(401, 'NoAuthProvider', 'No auth provider found matching the given token (check the issuer and the audience).');
	let keys;
	try {
		const jwks =
			provider.type === 'customJwt'
				? provider.jwks
				: (await fetchJson(`${full(provider.domain)}/.well-known/openid-configuration`)).jwks_uri;
		keys = createLocalJWKSet(await fetchJson(jwks));
	} catch {
		throw new Refusal(401, 'InvalidAuthHeader', 'Could not fetch the keys (JWKS) of the auth provider.');
	}
	try {
		if (header.kid === undefined) throw new Error('no kid');
		await jwtVerify(token, keys, { algorithms: provider.algorithm ? [provider.algorithm] : ['RS256', 'ES256'] });
	} catch (error) {
		const expired = /** @type {any} */ (error).code === 'ERR_JWT_EXPIRED';
		throw new Refusal(
			401,
			expired ? 'Unauthenticated' : 'InvalidAuthHeader',
			expired ? 'Token expired.' : 'Could not verify the token (key id, algorithm or signature).',
		);
	}
	const { sub = '', iss = '', name, email } = claims;
	return {
		subject: sub,
		issuer: iss,
		tokenIdentifier: `${iss}|${sub}`,
		...(name ? { name: String(name) } : {}),
		...(email ? { email: String(email) } : {}),
	};
}

const full = (/** @type {string} */ domain) => (domain.includes('://') ? domain : `https://${domain}`).replace(/\/$/, '');
/** @param {string} left @param {unknown} right */
const same = (left, right) => typeof right === 'string' && full(left) === full(right);
