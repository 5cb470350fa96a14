import { z } from 'zod';
import type { Evidence, Finding, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { redactText, redactUrl } from '../../probe/redact.ts';
import type { FormAnswer } from '../../sign-in/judge-answer.ts';
import { type SignedIn, signIn } from '../../sign-in/sign-in.ts';

export const authLogin = defineCheck({
	id: 'auth.login',
	title: 'People can sign in',
	question: 'Does the application’s own form take the synthetic account?',
	explains:
		'Opens the sign-in page, fills in its form with the synthetic account, sends it with its hidden fields (or a token of /api/csrf) and judges the form’s answer. Once per diagnosis; as a monitor at most once a minute. ok: the form is accepted. fail: refused, refused for its CSRF token (403), an error, or no form on the page. Whether the session then holds is auth.session’s question. unknown: no account is configured, 429, or the form works by scripts only.',
	requires: ['`synthetic: {user, password, path}` in holdfast.yaml: an account without rights'],
	needs: ['http.redirects'],
	params: z.object({}),
	deadlineMs: 9800,
	run: async (context): Promise<Outcome> => {
		const result = await signIn(context);
		const path = context.service.synthetic?.path ?? '/sign-in';
		switch (result.kind) {
			case 'not-tried':
				return { state: 'unknown', reason: result.reason, enable: result.enable };
			case 'failure':
				return describeFailure(result.failure, result.url);
			case 'page-error':
				return fail({
					code: 'login.error',
					severity: 'fail',
					message: `The sign-in page ${path} answers ${result.response.status} instead of a form`,
					fix: 'look at the application’s log and its SESSION_SECRET and CSRF_SECRET',
				});
			case 'no-form':
				return fail({
					code: 'login.no-form',
					severity: 'fail',
					message: `${path} answers ${result.response.status} without a form that asks for a password`,
					fix: 'look at what the page shows, or set `synthetic: {path}` to the page with the form',
				});
			case 'answered':
				return judge(result, path);
			default:
				return result satisfies never;
		}
	},
});

function judge(result: SignedIn, path: string): Outcome {
	const { answer } = result;
	const action = new URL(result.form.action).pathname;
	const measured = {
		subject: redactUrl(result.form.action),
		evidence: [showWalk(result)],
		measurements: [{ name: 'sign-in', value: result.durationMs, unit: 'ms' as const }],
	};
	if (answer.kind === 'slow-down')
		return {
			...measured,
			state: 'unknown',
			reason: `POST ${action} answers 429: too many attempts, so nothing can be said`,
			enable: `wait${answer.retryAfter !== null && /^\d{1,6}$/.test(answer.retryAfter) ? ` ${answer.retryAfter} s` : ' a minute'}, or exempt the synthetic account from the limit`,
		};
	if (answer.kind === 'accepted')
		return {
			...measured,
			state: 'ok',
			reason: `The form of ${path} takes the synthetic account (POST ${action} in ${Math.round(result.durationMs)} ms)`,
		};
	return { ...fail(describe(answer, action)), ...measured };
}

function describe(answer: Exclude<FormAnswer, { kind: 'accepted' | 'slow-down' }>, action: string): Finding {
	const words = answer.message === null ? '' : `: “${redactText(answer.message)}”`;
	switch (answer.kind) {
		case 'refused':
			return {
				code: 'login.refused',
				severity: 'fail',
				message: `POST ${action} refuses the synthetic account (${answer.status})${words}`,
				fix: 'look whether the account is there and not disabled (holdfast check convex.users), and whether its password in holdfast.yaml is right',
			};
		case 'csrf':
			return {
				code: 'login.csrf',
				severity: 'fail',
				message: `POST ${action} refuses the form itself (${answer.status}): its CSRF token or origin is not accepted${words}`,
				fix: 'holdfast check http.csrf and http.cookies; look at CSRF_SECRET and at the URL under which the application is used',
			};
		case 'error':
			return {
				code: 'login.error',
				severity: 'fail',
				message: `POST ${action} answers ${answer.status}${words}`,
				fix: 'look at SESSION_SECRET (set, 32 characters or more), at the data behind the sign-in, and at the application’s log',
			};
		default:
			return answer.kind satisfies never;
	}
}

function fail(finding: Finding): Outcome {
	return { state: 'fail', reason: finding.message, findings: [finding] };
}

function showWalk({ visit }: SignedIn): Evidence {
	const lines = visit.hops.map(
		({ url, status, durationMs, setCookies }, index) =>
			`${index === 0 ? 'POST' : 'GET'} ${redactUrl(url)} → ${status} in ${Math.round(durationMs)} ms${setCookies.length === 0 ? '' : `, ${setCookies.length} cookies set`}`,
	);
	return { title: 'Sign-in, step by step', kind: 'table', body: lines.join('\n') };
}
