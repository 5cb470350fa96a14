import { answerBackendFailure } from '../../http/answer-backend-failure.ts';
import { answerPage, answerSeeOther } from '../../http/answers.ts';
import { readInput } from '../../http/read-input.ts';
import { csrf } from '../../security/csrf.ts';
import { readSessionId, sessions } from '../../security/sessions.ts';
import { leaveSession } from '../../security/sign-out.ts';

/** Sign out by a form: forms know no DELETE. */
export const POST = answerBackendFailure(leave, { message: 'You could not be signed out at the moment; try again in a few minutes.' });

async function leave(request: Request): Promise<Response> {
	const input = await readInput(request);
	if (!input.ok) return answerPage(input.status, 'That could not be read', input.message, '/');
	const verdict = csrf.verify(request, await readSessionId(request), input.fields.get(csrf.field) ?? null);
	if (!verdict.ok) return answerPage(verdict.status, 'The form was not accepted', verdict.message, '/');
	await leaveSession(request);
	return answerSeeOther('/', sessions.clear(request));
}
