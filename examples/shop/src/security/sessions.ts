import { createSessions } from '@holdfast/kit/session';
import { appUrl, environment } from '../environment.ts';
import { logEvent } from '../log.ts';

/** Seconds after which a session ends in any case. */
export const sessionSeconds = 8 * 3600;

/**
 * Sessions in a sealed cookie. That it unseals does not say that the session still stands: Convex holds a document per session, and every
 * function asks it. Nothing here waits for Convex, so that pages without an account work when it is down.
 */
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

/** The session of a cookie, or null for a visitor without one. */
export async function readSession(request: Request): Promise<{ readonly sub: string; readonly sid: string } | null> {
	const reading = await sessions.read(request);
	return reading.state === 'signed-in' ? reading.session : null;
}

/** The id that tokens against cross-site requests are bound to; null for a visitor who is not signed in. */
export async function readSessionId(request: Request): Promise<string | null> {
	return (await readSession(request))?.sid ?? null;
}
