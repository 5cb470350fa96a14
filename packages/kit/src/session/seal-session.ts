import { sealData, unsealData } from 'iron-session';

/** What a session cookie holds. Times in seconds since the epoch, as in a JWT. */
export interface Session {
	/** Random id of this session, 128 bits in hex; new at every sign-in. */
	readonly sid: string;
	/** Who is signed in: the application's own id of the account. */
	readonly sub: string;
	/** When the person signed in. */
	readonly iat: number;
	/** When the session was last renewed; the idle time counts from here. */
	readonly seen: number;
}

/** Seals a session under `secret` (AES-256-CBC and HMAC-SHA-256, by iron-session). The seal itself does not expire: both timeouts are read from the content. */
export function sealSession(session: Session, secret: string): Promise<string> {
	return sealData(session, { password: secret, ttl: 0 });
}

/** Opens a seal made under any of the secrets. Null for everything else: altered, foreign, malformed, not a session. */
export async function unsealSession(seal: string, secrets: readonly string[]): Promise<Session | null> {
	for (const secret of secrets) {
		const content = await open(seal, secret);
		if (isSession(content)) return content;
	}
	return null;
}

async function open(seal: string, secret: string): Promise<unknown> {
	try {
		return await unsealData(seal, { password: secret, ttl: 0 });
	} catch {
		// iron-session answers {} for a wrong key and throws for malformed seals; to the reader of a cookie both are the same.
		return null;
	}
}

function isSession(content: unknown): content is Session {
	if (typeof content !== 'object' || content === null) return false;
	const { sid, sub, iat, seen } = content as Record<string, unknown>;
	return (
		typeof sid === 'string' &&
		sid !== '' &&
		typeof sub === 'string' &&
		sub !== '' &&
		Number.isSafeInteger(iat) &&
		Number.isSafeInteger(seen)
	);
}
