import { z } from 'zod';
import type { CheckContext, Finding, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeFailure } from '../../outcome/describe-failure.ts';
import { showResponse } from '../../outcome/show-response.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { type CsrfAnswer, defaultCsrfPath, readCsrf } from '../../page/read-csrf.ts';
import { pathParam } from '../../params.ts';
import { judgeProof, type ProofStatuses } from './judge-proof.ts';
import { alterToken, type IssuedToken, readToken } from './read-token.ts';

const enable = 'mount the kit’s `createCsrf` at this path (GET issues a token, POST answers 204 or 403), or give path=';

export const httpCsrf = defineCheck({
	id: 'http.csrf',
	title: 'CSRF tokens work',
	question: 'Is a token issued, accepted when presented, and refused when it is absent, altered or somebody else’s?',
	explains:
		'Gets a token as two visitors, then sends POST requests to the same path, which answers 204 or 403 and has no effect; only to the kit’s /api/csrf or to `csrf.probe` of the configuration: with the token, without it, with it altered, and with the other visitor’s. ok: accepted, and refused three times. fail: no token, a good one refused, or a bad one accepted. unknown: there is no such endpoint, it answers 429, or a token is issued at a path to which no POST may go. Runs at most once per diagnosis.',
	requires: ['a GET and POST endpoint as the kit’s `createCsrf` gives it'],
	// Not http.status: what other pages answer explains nothing here, and of this path it would call a missing endpoint a failure.
	needs: ['http.redirects'],
	params: z.object({ path: pathParam(defaultCsrfPath, 'Path of the CSRF endpoint') }),
	deadlineMs: 9800,
	run: async (context, params) => {
		const { csrfProbe } = context.service;
		// Where the configuration names an endpoint, it stands in for the kit's.
		const path = params.path === defaultCsrfPath ? (csrfProbe ?? params.path) : params.path;
		const declared = context.service.secrets?.includes('CSRF_SECRET') === true;
		const [own, other] = await Promise.all([readCsrf(context, path, 'first'), readCsrf(context, path, 'second')]);
		const issued = readIssued(own, path, declared);
		if (issued.kind === 'outcome') return issued.outcome;
		const kept = path === csrfProbe ? null : declineProof(path, issued.token);
		if (kept !== null) return { ...kept, subject: own.url };
		const stranger = readIssued(other, path, declared);
		const statuses = await prove(context, own, issued.token, stranger.kind === 'token' ? stranger.token : null);
		const verdict = judgeProof(statuses, path);
		const body = Object.entries(statuses)
			.map(([name, status]) => `POST ${path} with ${proofNames[name] ?? name}: ${status ?? 'no answer'}`)
			.join('\n');
		const evidence = [{ title: 'Proof', kind: 'table' as const, body }];
		if (verdict.kind === 'unknown')
			return { state: 'unknown', reason: verdict.reason, enable: verdict.enable ?? enable, subject: own.url, evidence };
		const reason =
			verdict.findings.length > 0
				? summariseFindings(verdict.findings)
				: 'Issued, accepted when presented, refused when absent, altered or another visitor’s';
		return { state: stateOf(verdict.findings), reason, findings: verdict.findings, subject: own.url, evidence };
	},
});

const proofNames: Readonly<Record<string, string>> = {
	presented: 'the token',
	absent: 'no token',
	altered: 'an altered token',
	foreign: 'another visitor’s token',
};

type Issued = { readonly kind: 'token'; readonly token: IssuedToken } | { readonly kind: 'outcome'; readonly outcome: Outcome };

/** @param declared The application is said to have a CSRF secret: then its endpoint cannot be absent on purpose. */
function readIssued({ url, jar, result }: CsrfAnswer, path: string, declared: boolean): Issued {
	const outcome = (given: Outcome): Issued => ({ kind: 'outcome', outcome: { subject: url, ...given } });
	if (result.kind === 'failure') return outcome(describeFailure(result, url));
	const evidence = [{ ...showResponse(result), body: showResponse(result).body.split('\n\n')[0] ?? '' }];
	const fail = (finding: Finding): Issued => outcome({ state: 'fail', reason: finding.message, findings: [finding], evidence });
	if (result.status === 429)
		return outcome({
			state: 'unknown',
			reason: `${path} answers 429: too many requests, so nothing can be said`,
			enable: 'wait a minute, or exempt the check’s address from the rate limit',
		});
	if (result.status === 404 && declared) {
		return fail({
			code: 'csrf.no-route',
			severity: 'fail',
			message: `There is no CSRF endpoint at ${path} (404), although the application is declared to have CSRF_SECRET`,
			fix: 'look at whether the proxy passes this path on, and whether the release has the route',
		});
	}
	if (result.status === 404 || result.status === 405 || result.status === 401)
		return outcome({ state: 'unknown', reason: `There is no CSRF endpoint at ${path} (${result.status})`, enable });
	if (result.status >= 500) {
		return fail({
			code: 'csrf.not-issued',
			severity: 'fail',
			message: `${path} answers ${result.status} instead of a token`,
			fix: 'look at CSRF_SECRET (set, 32 characters or more) and at the application’s log',
		});
	}
	if (result.status === 403) {
		return fail({
			code: 'csrf.not-issued',
			severity: 'fail',
			message: `${path} refuses to issue a token (403)`,
			fix: 'look at the scheme and origin: over plain http the kit issues none except on this machine',
		});
	}
	if (result.status !== 200)
		return outcome({ state: 'unknown', reason: `${path} answers ${result.status}, so no token could be had`, enable, evidence });
	const token = readToken(result, jar, url);
	if (token === null)
		return outcome({ state: 'unknown', reason: `${path} answers 200 without a token that can be recognised`, enable, evidence });
	return { kind: 'token', token };
}

/**
 * A POST goes only where somebody has said that it has no effect: to the kit's endpoint, told by its path and answer, and to
 * `csrf.probe` of the configuration. A document alone does not decide where requests are sent.
 */
function declineProof(path: string, token: IssuedToken): Outcome | null {
	if (path !== defaultCsrfPath)
		return {
			state: 'unknown',
			reason: `${path} issues a token; whether it is accepted was not tried, because no POST goes to a path that the configuration does not name`,
			enable: `set \`csrf: {probe: ${path}}\` for the service in holdfast.yaml, if a POST there has no effect`,
		};
	if (token.ofKit) return null;
	return {
		state: 'unknown',
		reason: `${path} issues a token, but not as the kit does (\`token\` and \`header\` as JSON), so no POST was sent to it`,
		enable: `mount the kit’s \`createCsrf\`, or set \`csrf: {probe: ${path}}\` for the service in holdfast.yaml, if a POST there has no effect`,
	};
}

/** The four proofs at once; none has an effect. */
async function prove(
	context: CheckContext,
	{ url, jar }: CsrfAnswer,
	token: IssuedToken,
	stranger: IssuedToken | null,
): Promise<ProofStatuses> {
	const cookie = jar.header(url);
	const altered = alterToken(token.value);
	const post = async (value: string | null, cookies: string): Promise<number | null> => {
		const headers: Record<string, string> = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', accept: 'application/json' };
		if (value !== null) headers[token.header] = value;
		if (cookies !== '') headers.cookie = cookies;
		const result = await context.http.send({ url, method: 'POST', headers, body: '', signal: context.signal });
		return result.kind === 'response' ? result.status : null;
	};
	const [presented, absent, changed, foreign] = await Promise.all([
		post(token.value, cookie),
		post(null, cookie),
		// In both places: a token that is only compared with its cookie, not signed, would pass.
		post(altered, cookie.replaceAll(token.value, altered).replaceAll(encodeURIComponent(token.value), encodeURIComponent(altered))),
		stranger === null ? Promise.resolve(null) : post(stranger.value, cookie),
	]);
	return { presented, absent, altered: changed, foreign };
}
