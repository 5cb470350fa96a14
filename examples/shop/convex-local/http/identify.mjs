import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { Refusal } from '../refusal.mjs';

/** @import { JSONWebKeySet, JWTPayload } from 'jose' */
/** @import { AuthProvider } from '../engine/loaded-functions.d.ts' */
/** @import { Identity } from '../functions/functions.d.ts' */

const JWKS_TIMEOUT_MS = 5000;

/**
 * Whom a token speaks for, by the providers of `auth.config.ts`; keys are fetched anew for each token. Codes: crates/authentication/src/lib.rs of
 * get-convex/convex-backend.
 * @param {string} token @param {readonly AuthProvider[]} providers
 * @returns {Promise<Identity>}
 * @throws {Refusal} 401 when no provider vouches for it
 */
export async function identify(token, providers) {
	const claims = readClaims(token);
	const provider = findProvider(claims, providers);
	const keys = await fetchKeys(provider);
	try {
		if (decodeProtectedHeader(token).kid === undefined) throw new Error('The token names no key.');
		await jwtVerify(token, keys, { algorithms: provider.algorithm ? [provider.algorithm] : ['RS256', 'ES256'] });
	} catch (error) {
		if (error instanceof errors.JWTExpired) throw new Refusal(401, 'Unauthenticated', 'Token expired.');
		throw new Refusal(401, 'InvalidAuthHeader', 'Could not verify the token (key id, algorithm or signature).');
	}
	const { sub = '', iss = '', name, email } = claims;
	return {
		subject: sub,
		issuer: iss,
		tokenIdentifier: `${iss}|${sub}`,
		...(typeof name === 'string' ? { name } : {}),
		...(typeof email === 'string' ? { email } : {}),
	};
}

/** @param {string} token @returns {JWTPayload} */
function readClaims(token) {
	try {
		decodeProtectedHeader(token);
		return decodeJwt(token);
	} catch {
		throw new Refusal(401, 'InvalidAuthHeader', 'Could not parse as a JWT.');
	}
}

/** @param {JWTPayload} claims @param {readonly AuthProvider[]} providers */
function findProvider(claims, providers) {
	const audiences = [claims.aud].flat();
	const found = providers.find(
		({ issuer, domain, applicationID }) =>
			isSameUrl(issuer ?? domain, claims.iss) && (applicationID === undefined || audiences.includes(applicationID)),
	);
	if (found) return found;
	throw new Refusal(401, 'NoAuthProvider', 'No auth provider found matching the given token (check the issuer and the audience).');
}

/** @param {AuthProvider} provider */
async function fetchKeys({ type, jwks, domain }) {
	try {
		const url = type === 'customJwt' ? jwks : await discoverKeys(domain);
		return createLocalJWKSet(/** @type {JSONWebKeySet} */ (await fetchJson(url)));
	} catch {
		throw new Refusal(401, 'InvalidAuthHeader', 'Could not fetch the keys (JWKS) of the auth provider.');
	}
}

/** @param {string} [domain] */
async function discoverKeys(domain) {
	const configuration = await fetchJson(`${withScheme(domain)}/.well-known/openid-configuration`);
	return /** @type {{ jwks_uri?: string }} */ (configuration).jwks_uri;
}

/** @param {string} [url] @returns {Promise<unknown>} */
async function fetchJson(url = '') {
	if (url.startsWith('data:')) return JSON.parse(decodeURIComponent(url.slice(url.indexOf(',') + 1)));
	const answer = await fetch(url, { signal: AbortSignal.timeout(JWKS_TIMEOUT_MS) });
	if (!answer.ok) throw new Error(`status ${answer.status}`);
	return answer.json();
}

/** @param {string} domain */
const withScheme = (domain = '') => (domain.includes('://') ? domain : `https://${domain}`).replace(/\/$/, '');
/** @param {string | undefined} left @param {string | undefined} right */
const isSameUrl = (left, right) => left !== undefined && right !== undefined && withScheme(left) === withScheme(right);
