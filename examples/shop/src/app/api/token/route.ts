import { findAccount } from '../../../backend/accounts.ts';
import { signToken, tokenSeconds } from '../../../backend/sign-token.ts';
import { answerBackendFailure } from '../../../http/answer-backend-failure.ts';
import { answerJson } from '../../../http/answers.ts';
import { readSession } from '../../../security/sessions.ts';

export const dynamic = 'force-dynamic';

/** A short token with which the visitor's browser may listen to Convex as this user. No other site can read the answer. */
export const GET = answerBackendFailure(giveToken, { message: 'Live updates are not available at the moment.' });

async function giveToken(request: Request): Promise<Response> {
	const session = await readSession(request);
	if (session === null || (await findAccount(session)) === null)
		return answerJson(401, { error: 'signed-out', message: 'Sign in to follow your orders.' });
	return answerJson(200, { token: await signToken(`${session.sub}|${session.sid}`), seconds: tokenSeconds });
}
