import { findAccount } from '../../../backend/accounts.ts';
import { answerBackendFailure } from '../../../http/answer-backend-failure.ts';
import { answerFailure, answerJson, answerNothing, answerSeeOther } from '../../../http/answers.ts';
import { localPath } from '../../../http/local-path.ts';
import { readInput } from '../../../http/read-input.ts';
import { csrf } from '../../../security/csrf.ts';
import { readSessionId, sessions } from '../../../security/sessions.ts';
import { isMisconfigured, signIn } from '../../../security/sign-in.ts';
import { leaveSession } from '../../../security/sign-out.ts';
import { tellWait } from '../../../security/tell-wait.ts';

export const dynamic = 'force-dynamic';

/** Who am I. */
export const GET = answerBackendFailure(tellWhoIsSignedIn, { message: 'The shop cannot read who is signed in at the moment.' });

/** Sign in, from the form or as JSON: `email`, `password`, `csrf_token` (or the header), `next`. */
export const POST = answerBackendFailure(beginSession, {
	message: 'Sign-in cannot be checked at the moment. Nothing you typed is wrong; try again in a few minutes.',
	back: '/sign-in',
});

/** Sign out. */
export const DELETE = answerBackendFailure(leave, { message: 'The session cannot be ended at the moment; try again in a few minutes.' });

async function tellWhoIsSignedIn(request: Request): Promise<Response> {
	if (isMisconfigured())
		return answerJson(500, {
			error: 'configuration',
			message: 'Sessions do not work: the configuration of this application is not valid.',
		});
	const reading = await sessions.read(request);
	const account = reading.state === 'signed-in' ? await findAccount(reading.session) : null;
	if (account === null) return answerJson(200, { signedIn: false });
	const cookies = reading.state === 'signed-in' && reading.setCookie !== null ? [reading.setCookie] : [];
	return answerJson(200, { signedIn: true, account: { email: account.email, name: account.name } }, cookies);
}

async function beginSession(request: Request): Promise<Response> {
	const input = await readInput(request);
	const fail = (status: number, code: string, title: string, message: string): Response =>
		answerFailure({ form: input.form, status, code, title, message, back: '/sign-in' });
	if (!input.ok) return fail(input.status, 'bad-input', 'That could not be read', input.message);
	if (isMisconfigured()) {
		return fail(
			500,
			'configuration',
			'Sign-in does not work right now',
			'The configuration of this shop is not valid. The people who run it can see why in its log.',
		);
	}
	const verdict = csrf.verify(request, await readSessionId(request), input.fields.get(csrf.field) ?? null);
	if (!verdict.ok) return fail(verdict.status, verdict.code, 'The form was not accepted', verdict.message);

	const outcome = await signIn(request, input.fields.get('email') ?? '', input.fields.get('password') ?? '');
	const next = localPath(input.fields.get('next'), '/orders');
	switch (outcome.kind) {
		case 'signed-in':
			if (input.form) return answerSeeOther(next, outcome.cookies);
			return answerJson(
				200,
				{ signedIn: true, account: { email: outcome.account.email, name: outcome.account.name }, token: outcome.token },
				outcome.cookies,
			);
		case 'wrong':
			if (input.form) return answerSeeOther(`/sign-in?problem=wrong&next=${encodeURIComponent(next)}`);
			return answerJson(401, { error: 'wrong', message: 'E-mail address or password is wrong.' });
		case 'wait': {
			const { reason, seconds } = outcome;
			const told = tellWait(reason, seconds, 'sign-in');
			return answerFailure({ form: input.form, status: 429, code: 'wait', ...told, back: '/sign-in', retryAfterSeconds: seconds });
		}
		case 'insecure':
			return fail(403, 'insecure-origin', 'This page is not safe to sign in on', outcome.message);
		case 'misconfigured':
			return fail(500, 'configuration', 'Sign-in does not work right now', 'The configuration of this shop is not valid.');
	}
}

async function leave(request: Request): Promise<Response> {
	const verdict = csrf.verify(request, await readSessionId(request));
	if (!verdict.ok) return answerJson(verdict.status, { error: verdict.code, message: verdict.message });
	await leaveSession(request);
	return answerNothing(sessions.clear(request));
}
