import { MAX_COOKIE_BYTES, readCookies, writeCookie } from '../http/cookie-header.ts';
import { type CookiePolicy, checkCookieName, checkOrigin, type InsecureOriginProblem, placeCookie } from '../http/cookie-policy.ts';
import { logSeldom } from '../options/log-seldom.ts';
import { checkInteger, optionError } from '../options/option-error.ts';
import { type ConfigurationProblem, findSecretProblem } from '../secret/configuration-problem.ts';
import { PREVIOUS_LOG_MS, readPreviousSecret } from '../secret/previous-secret.ts';
import { type Session, sealSession, unsealSession } from './seal-session.ts';

export interface SessionsOptions {
	/** Content of `SESSION_SECRET`; at least 32 characters. A wrong one is `problem`, not an exception. */
	readonly secret: string | undefined;
	/** Content of `SESSION_SECRET_PREVIOUS`: sessions under it are still read, and sealed anew when renewed. An unusable one is left out: see `warnings`. */
	readonly previous?: string | undefined;
	/** Without prefix; `session` when not given. */
	readonly cookieName?: string | undefined;
	/** The origin under which the application is used. When it is https, cookies are Secure whatever a proxy forwards. */
	readonly origin?: string | undefined;
	/** Allow sign-in over plain http on hosts that are not this machine, with cookies that anyone on the way can read. */
	readonly insecureHttp?: boolean | undefined;
	/** Seconds without a request after which a session ends; 30 minutes when not given (OWASP, low-risk applications). */
	readonly idleSeconds?: number | undefined;
	/** Seconds after which a session ends in any case; 8 hours when not given (OWASP, an office day). */
	readonly absoluteSeconds?: number | undefined;
	/** Answers from memory whether a session was ended on the server. Must not block; when it throws the session counts as revoked. */
	readonly isRevoked?: ((session: Session) => boolean) | undefined;
	/** Where a warning is written, at most once an hour; `console.error` when not given. */
	readonly log?: ((line: string) => void) | undefined;
	/** Milliseconds since the epoch; for tests. */
	readonly now?: (() => number) | undefined;
}

export type SessionProblem = ConfigurationProblem | InsecureOriginProblem;

export type SignInResult =
	| { readonly ok: true; readonly session: Session; readonly setCookie: string }
	| { readonly ok: false; readonly problem: SessionProblem };

export type SessionReading =
	/** `setCookie` is there when it is time to renew: send it, or the idle time runs from the last renewal. */
	| { readonly state: 'signed-in'; readonly session: Session; readonly setCookie: string | null }
	| { readonly state: 'signed-out'; readonly reason: 'no-cookie' | 'unreadable' | 'idle' | 'too-old' | 'revoked' }
	| { readonly state: 'unavailable'; readonly problem: ConfigurationProblem };

export interface Sessions {
	/** Why no session can be sealed or read; null when all is well. */
	readonly problem: ConfigurationProblem | null;
	/** What is wrong and does not keep sessions from working: a previous secret that is left out. */
	readonly warnings: readonly ConfigurationProblem[];
	/** Begins a session for `sub`, with a new id whatever the visitor had before. Rejects with a TypeError when `sub` is empty or too long for a cookie. */
	readonly signIn: (request: Request, sub: string) => Promise<SignInResult>;
	/** Who is asking. Never rejects. */
	readonly read: (request: Request) => Promise<SessionReading>;
	/** `Set-Cookie` headers that remove the session from the browser, under every name that it may have here. */
	readonly clear: (request: Request) => string[];
}

/** A session is sealed anew at most this often, so that not every answer carries a cookie. */
const RENEW_SECONDS = 60;

/** Longest `sub`, in characters: leaves the sealed cookie well below what browsers keep. */
const MAX_SUB_LENGTH = 512;

/** Clocks of several instances may differ by this much, in seconds. */
const CLOCK_SKEW_SECONDS = 60;

/**
 * Sessions in a sealed cookie: `__Host-` on https and on this machine; on other plain http origins sign-in is refused with a sentence,
 * unless `insecureHttp`. Throws a TypeError for wrong options, at start; a wrong secret is `problem`.
 */
export function createSessions(options: SessionsOptions): Sessions {
	const call = 'createSessions';
	if (options.secret !== undefined && typeof options.secret !== 'string') throw optionError(call, 'secret', 'a string', options.secret);
	if (options.log !== undefined && typeof options.log !== 'function') throw optionError(call, 'log', 'a function', options.log);
	if (options.isRevoked !== undefined && typeof options.isRevoked !== 'function')
		throw optionError(call, 'isRevoked', 'a function', options.isRevoked);
	const policy: CookiePolicy = {
		name: checkCookieName(call, options.cookieName ?? 'session'),
		httpsOnly: options.origin !== undefined && checkOrigin(call, 'origin', options.origin).startsWith('https:'),
		insecureHttp: options.insecureHttp === true,
	};
	const year = 366 * 86_400;
	const absolute = checkInteger(call, 'absoluteSeconds', options.absoluteSeconds ?? 8 * 3600, { min: 1, max: year, unit: 'seconds' });
	const idle = checkInteger(call, 'idleSeconds', options.idleSeconds ?? Math.min(30 * 60, absolute), {
		min: 1,
		max: absolute,
		unit: 'seconds',
	});
	const renewAfter = Math.min(RENEW_SECONDS, Math.floor(idle / 2));

	const secret = options.secret ?? '';
	const problem = findSecretProblem('SESSION_SECRET', options.secret);
	const previous = readPreviousSecret('SESSION_SECRET_PREVIOUS', options.previous);
	const secrets = [secret, ...previous.secrets];
	const log = logSeldom(options.log ?? ((line) => console.error(line)), PREVIOUS_LOG_MS);
	const warn = (): void => {
		for (const warning of previous.warnings) log(`sessions: the previous secret is left out: ${warning.message}`);
	};
	const nowSeconds = (): number => Math.floor((options.now ?? Date.now)() / 1000);

	const toCookie = async (name: string, secure: boolean, session: Session): Promise<string> => {
		const maxAge = Math.max(1, Math.min(idle, session.iat + absolute - session.seen));
		return writeCookie(name, await sealSession(session, secret), { secure, httpOnly: true, sameSite: 'Lax', maxAge });
	};

	const isRevoked = (session: Session): boolean => {
		try {
			return options.isRevoked?.(session) ?? false;
		} catch {
			return true;
		}
	};

	return {
		problem,
		warnings: previous.warnings,
		async signIn(request, sub) {
			if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUB_LENGTH)
				throw optionError('signIn', 'sub', `1 to ${MAX_SUB_LENGTH} characters`, sub);
			if (problem !== null) return { ok: false, problem };
			warn();
			const place = placeCookie(request, policy);
			if (!place.ok) return place;
			const now = nowSeconds();
			const session: Session = { sid: makeId(), sub, iat: now, seen: now };
			const setCookie = await toCookie(place.name, place.secure, session);
			if (new TextEncoder().encode(setCookie).length > MAX_COOKIE_BYTES)
				throw optionError('signIn', 'sub', 'an id that fits in a cookie', sub);
			return { ok: true, session, setCookie };
		},
		async read(request) {
			if (problem !== null) return { state: 'unavailable', problem };
			warn();
			const place = placeCookie(request, policy);
			const seals = place.ok ? readCookies(request.headers.get('cookie'), place.name) : [];
			if (!place.ok || seals.length === 0) return { state: 'signed-out', reason: 'no-cookie' };
			const session = await openFirst(seals, secrets);
			if (session === null) return { state: 'signed-out', reason: 'unreadable' };
			const now = nowSeconds();
			if (session.seen > now + CLOCK_SKEW_SECONDS) return { state: 'signed-out', reason: 'unreadable' };
			if (now - session.iat >= absolute) return { state: 'signed-out', reason: 'too-old' };
			if (now - session.seen >= idle) return { state: 'signed-out', reason: 'idle' };
			if (isRevoked(session)) return { state: 'signed-out', reason: 'revoked' };
			if (now - session.seen < renewAfter) return { state: 'signed-in', session, setCookie: null };
			const renewed = { ...session, seen: now };
			// A session that cannot be sealed anew is still good: the next request tries again.
			const setCookie = await toCookie(place.name, place.secure, renewed).catch(() => null);
			return { state: 'signed-in', session: setCookie === null ? session : renewed, setCookie };
		},
		clear(request) {
			const place = placeCookie(request, policy);
			const gone = { httpOnly: true, sameSite: 'Lax', maxAge: 0 } as const;
			if (place.ok && !place.secure) return [writeCookie(place.name, '', { ...gone, secure: false })];
			return [writeCookie(`__Host-${policy.name}`, '', { ...gone, secure: true })];
		},
	};
}

/** 128 bits in hex, by Web Crypto: Next's Edge runtime has no other. */
function makeId(): string {
	return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// A browser sends at most a few cookies of one name; more is an attack on the time that opening takes.
const MAX_SEALS = 4;

async function openFirst(seals: readonly string[], secrets: readonly string[]): Promise<Session | null> {
	for (const seal of seals.slice(0, MAX_SEALS)) {
		const session = seal.length <= MAX_COOKIE_BYTES ? await unsealSession(seal, secrets) : null;
		if (session !== null) return session;
	}
	return null;
}
