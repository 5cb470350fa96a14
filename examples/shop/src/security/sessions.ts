import { createSessions, type SessionReading } from '@holdfast/kit/session';
import { isSessionRevoked } from '../data/revoked-sessions.ts';
import { appUrl, environment } from '../environment.ts';
import { logEvent } from '../log.ts';

/** Seconds after which a session ends in any case. */
export const sessionSeconds = 8 * 3600;

export const sessions = createSessions({
	// The kit names the variable that it cannot work with; an invalid value is therefore passed on as it came.
	// oxlint-disable-next-line node/no-process-env -- the declared value is absent when it is invalid
	secret: environment.values.SESSION_SECRET ?? process.env.SESSION_SECRET,
	// oxlint-disable-next-line node/no-process-env -- likewise: the kit leaves it out and says so
	previous: environment.values.SESSION_SECRET_PREVIOUS ?? process.env.SESSION_SECRET_PREVIOUS,
	origin: appUrl.origin,
	absoluteSeconds: sessionSeconds,
	log: (message) => logEvent('warn', 'session.warning', { message }),
});

/** Who is asking; a session that was signed out is nobody's. */
export async function readSession(request: Request): Promise<SessionReading> {
	const reading = await sessions.read(request);
	if (reading.state === 'signed-in' && (await isSessionRevoked(reading.session.sid))) return { state: 'signed-out', reason: 'revoked' };
	return reading;
}

/** The id that tokens against cross-site requests are bound to; null for a visitor who is not signed in. */
export async function readSessionId(request: Request): Promise<string | null> {
	const reading = await readSession(request);
	return reading.state === 'signed-in' ? reading.session.sid : null;
}
