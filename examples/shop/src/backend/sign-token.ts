import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JWK, SignJWT } from 'jose';
import { appUrl, environment } from '../environment.ts';
import { BackendError } from './backend-error.ts';

/** Seconds that a token is good for: longer than any request, shorter than it takes to do much with a stolen one. */
export const tokenSeconds = 300;

/** Same as `applicationID` in convex/auth.config.ts. */
const AUDIENCE = 'bight-and-cleat';
const ALGORITHM = 'ES256';

/** How the shop's tokens are made, for the private health report; `keyId` is null when the key of the environment cannot be used. */
export async function describeTokens(): Promise<{ issuer: string; audience: string; algorithm: string; keyId: string | null }> {
	const keyId = await readKeys().then(
		({ jwk }) => jwk.kid,
		() => null,
	);
	return { issuer: issuer(), audience: AUDIENCE, algorithm: ALGORITHM, keyId };
}

let keys: Promise<{ key: KeyObject; jwk: JWK & { kid: string } }> | undefined;

/** A token for `subject`: `shop-server`, or `<user>|<session>`. Rejects with BackendError when the key of the environment cannot be used. */
export async function signToken(subject: string): Promise<string> {
	const { key, jwk } = await readKeys();
	return new SignJWT({})
		.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: jwk.kid })
		.setSubject(subject)
		.setIssuer(issuer())
		.setAudience(AUDIENCE)
		.setIssuedAt()
		.setExpirationTime(`${tokenSeconds}s`)
		.sign(key);
}

/** The public key, for `/.well-known/jwks.json`. Rejects like signToken. */
export async function publicKeys(): Promise<{ keys: JWK[] }> {
	return { keys: [(await readKeys()).jwk] };
}

function issuer(): string {
	return (environment.values.AUTH_ISSUER ?? appUrl.origin).replace(/\/+$/, '');
}

function readKeys(): NonNullable<typeof keys> {
	keys ??= makeKeys(environment.values.SHOP_JWT_PRIVATE_KEY);
	return keys;
}

async function makeKeys(text: string | undefined): Promise<{ key: KeyObject; jwk: JWK & { kid: string } }> {
	if (text === undefined) throw new BackendError('SHOP_JWT_PRIVATE_KEY: expected a private key, got nothing that can be used.');
	let key: KeyObject;
	try {
		const trimmed = text.trim().replaceAll('\\n', '\n');
		key = trimmed.startsWith('-----')
			? createPrivateKey(trimmed)
			: createPrivateKey({ key: Buffer.from(trimmed, 'base64'), format: 'der', type: 'pkcs8' });
	} catch {
		// The cause is left out: what a parser says about a key may quote it.
		throw new BackendError(`SHOP_JWT_PRIVATE_KEY: expected PKCS #8 as PEM or base64, got ${text.length} characters that are not.`);
	}
	if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
		throw new BackendError(`SHOP_JWT_PRIVATE_KEY: expected a key on P-256, got one of type ${key.asymmetricKeyType ?? 'unknown'}.`);
	const jwk = await exportJWK(createPublicKey(key));
	return { key, jwk: { ...jwk, alg: ALGORITHM, use: 'sig', kid: await calculateJwkThumbprint(jwk) } };
}
