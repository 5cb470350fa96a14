import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from '../secret/same-secret.ts';

/** Bytes of randomness per token. */
const RANDOM_BYTES = 32;

/** Shape of a token: hex HMAC-SHA256, a dot, hex random. */
const TOKEN = /^[0-9a-f]{64}\.([0-9a-f]{64})$/;

/**
 * Issues a token for a session: `hex(HMAC-SHA256(secret, message)) + "." + hex(random)` with
 * `message = len(sessionId)!sessionId!len(random)!random` over the hex form of random (OWASP CSRF cheat sheet, signed double submit).
 * The lengths keep the parts apart; the session id itself is never in the token. A visitor without a session has the empty id.
 */
export function issueToken(secret: string, sessionId: string): string {
	const random = randomBytes(RANDOM_BYTES).toString('hex');
	return `${sign(secret, sessionId, random)}.${random}`;
}

/** True when `token` was issued for this session under one of the secrets. Constant time in the secrets. */
export function isTokenOf(token: string, sessionId: string, secrets: readonly string[]): boolean {
	const random = TOKEN.exec(token)?.[1];
	if (random === undefined) return false;
	const signature = token.slice(0, 64);
	// Every key is tried, whichever fits, so that time does not say under which one a token was made.
	return secrets.map((secret) => isSameSecret(signature, sign(secret, sessionId, random))).includes(true);
}

function sign(secret: string, sessionId: string, random: string): string {
	return createHmac('sha256', secret).update(`${sessionId.length}!${sessionId}!${random.length}!${random}`).digest('hex');
}
