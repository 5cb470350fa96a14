import { revokeSession } from '../data/revoked-sessions.ts';
import { logEvent } from '../log.ts';
import { readSession, sessionSeconds } from './sessions.ts';

/** Ends the visitor's session on the server. The cookie is the caller's to remove. */
export async function endSession(request: Request): Promise<void> {
	const reading = await readSession(request);
	if (reading.state !== 'signed-in') return;
	await revokeSession(reading.session.sid, reading.session.iat + sessionSeconds);
	logEvent('info', 'sign-out.done', { account: reading.session.sub });
}
