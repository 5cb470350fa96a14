import { endSession } from '../backend/accounts.ts';
import { logEvent } from '../log.ts';
import { readSession } from './sessions.ts';

/** Ends the visitor's session in Convex. The cookie is the caller's to remove. Rejects with BackendError: then the session still stands. */
export async function leaveSession(request: Request): Promise<void> {
	const session = await readSession(request);
	if (session === null) return;
	await endSession(session);
	logEvent('info', 'sign-out.done', { account: session.sub });
}
