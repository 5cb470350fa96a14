import { answerBackendFailure } from '../../../http/answer-backend-failure.ts';
import { answerFailure, answerJson, answerSeeOther } from '../../../http/answers.ts';
import { localPath } from '../../../http/local-path.ts';
import { readInput } from '../../../http/read-input.ts';
import { csrf } from '../../../security/csrf.ts';
import { register } from '../../../security/register.ts';
import { findRegistrationProblem } from '../../../security/registration.ts';
import { readSessionId } from '../../../security/sessions.ts';
import { isMisconfigured, openSession } from '../../../security/sign-in.ts';
import { tellWait } from '../../../security/tell-wait.ts';

/** Makes an account and signs in, from the form or as JSON: `name`, `email`, `password`, `csrf_token` (or the header), `next`. */
export const POST = answerBackendFailure(makeAccount, {
	message: 'Accounts cannot be made at the moment. Nothing you typed is wrong; try again in a few minutes.',
	back: '/register',
});

async function makeAccount(request: Request): Promise<Response> {
	const input = await readInput(request);
	const fail = (status: number, code: string, title: string, message: string): Response =>
		answerFailure({ form: input.form, status, code, title, message, back: '/register' });
	if (!input.ok) return fail(input.status, 'bad-input', 'That could not be read', input.message);
	if (isMisconfigured())
		return fail(500, 'configuration', 'Registering does not work right now', 'The configuration of this shop is not valid.');
	const verdict = csrf.verify(request, await readSessionId(request), input.fields.get(csrf.field) ?? null);
	if (!verdict.ok) return fail(verdict.status, verdict.code, 'The form was not accepted', verdict.message);

	const [name = '', email = '', password = ''] = ['name', 'email', 'password'].map((field) => input.fields.get(field) ?? '');
	const next = localPath(input.fields.get('next'), '/orders');
	const refuse = (code: string, message: string): Response =>
		input.form ? answerSeeOther(`/register?problem=${code}&next=${encodeURIComponent(next)}`) : answerJson(422, { error: code, message });
	const problem = findRegistrationProblem({ name, email, password });
	if (problem !== null) return refuse(problem.code, problem.message);
	const made = await register(request, { email, name: name.trim(), password });
	if (made.kind === 'taken') return refuse('taken', made.message);
	if (made.kind === 'wait') {
		const told = tellWait(made.reason, made.seconds, 'register');
		return answerFailure({ form: input.form, status: 429, code: 'wait', ...told, back: '/register', retryAfterSeconds: made.seconds });
	}
	// Whoever has just chosen the password need not prove to know it: a second derivation would only make others wait.
	const outcome = await openSession(request, made.account);
	if (outcome.kind !== 'signed-in') return input.form ? answerSeeOther('/sign-in') : answerJson(201, { signedIn: false });
	const { email: address, name: called } = outcome.account;
	return input.form
		? answerSeeOther(next, outcome.cookies)
		: answerJson(201, { signedIn: true, account: { email: address, name: called }, token: outcome.token }, outcome.cookies);
}
