/**
 * Signs in once with the synthetic account by the application's own form, as a browser without scripts would: opens the page,
 * sends its hidden fields back (or a token of /api/csrf where the form has none), follows the answer. Once per diagnosis.
 */
import type { CheckContext } from '../contract.ts';
import { parseJsonObject } from '../page/parse-json-object.ts';
import { defaultCsrfPath } from '../page/read-csrf.ts';
import { readHtml } from '../page/read-html.ts';
import { resolvePath } from '../page/read-page.ts';
import { type CookieJar, createCookieJar } from '../probe/cookie-jar.ts';
import type { ProbeFailure } from '../probe/failure.ts';
import type { HttpResponse } from '../probe/http-probe.ts';
import { isAllowedHost } from '../probe/target.ts';
import { type FormAnswer, judgeFormAnswer } from './judge-answer.ts';
import { waitForTurn } from './once-a-minute.ts';
import { readSignInForm, type SignInForm } from './read-form.ts';
import { type Visit, visit } from './visit.ts';

export interface SignedIn {
	readonly kind: 'answered';
	readonly answer: FormAnswer;
	readonly form: SignInForm;
	/** Path of the page with the form. */
	readonly formPath: string;
	/** Answers to the post and what followed. */
	readonly visit: Visit;
	readonly jar: CookieJar;
	/** Set-Cookie lines of the post and what followed. */
	readonly setCookies: readonly string[];
	/** Milliseconds of the post itself. */
	readonly durationMs: number;
}

export type SignIn =
	| SignedIn
	| { readonly kind: 'failure'; readonly url: string; readonly failure: ProbeFailure }
	| { readonly kind: 'page-error'; readonly path: string; readonly response: HttpResponse }
	| { readonly kind: 'no-form'; readonly path: string; readonly response: HttpResponse }
	/** Nothing was tried: no account, told to slow down, or the form cannot be sent as it is. */
	| { readonly kind: 'not-tried'; readonly reason: string; readonly enable: string };

export function signIn(context: CheckContext): Promise<SignIn> {
	return context.fact('sign-in', (signal) => walk(context, signal));
}

async function walk(context: CheckContext, signal: AbortSignal): Promise<SignIn> {
	const { synthetic, missing } = context.service;
	if (synthetic === undefined) {
		const absent = missing?.find(({ setting }) => setting === 'synthetic.password');
		return {
			kind: 'not-tried',
			reason: absent?.reason ?? 'No account is configured that checks may sign in with',
			enable: absent?.enable ?? 'set `synthetic: {user, password}` for the service in holdfast.yaml: an account without rights',
		};
	}
	const early = waitForTurn(context, synthetic.user);
	if (early !== null) return early;
	const jar = createCookieJar();
	const page = await visit(context, { url: resolvePath(context.service.url, synthetic.path), jar }, signal);
	if (page.failure !== null) return { kind: 'failure', url: page.last?.url ?? context.service.url, failure: page.failure };
	const response = page.last;
	if (response === null)
		return { kind: 'not-tried', reason: `${synthetic.path} gave no answer`, enable: `holdfast check http.status path=${synthetic.path}` };
	if (response.status === 429)
		return {
			kind: 'not-tried',
			reason: `${synthetic.path} answers 429: too many requests`,
			enable: 'wait a minute, or exempt the check’s address from the rate limit',
		};
	if (response.status >= 400 || page.stopped !== null) return { kind: 'page-error', path: synthetic.path, response };
	const form = readSignInForm(response.body.toString('utf8'), response.url);
	if (form === null) return { kind: 'no-form', path: synthetic.path, response };
	const declined = declineForm(form, context);
	if (declined !== null) return declined;
	return post(context, { form, page: response, jar }, signal);
}

/** A password goes only where the service itself is, and only in the body of a post. */
function declineForm(form: SignInForm, { service }: CheckContext): Extract<SignIn, { kind: 'not-tried' }> | null {
	const { hostname } = new URL(form.action);
	if (!isAllowedHost(hostname, service))
		return {
			kind: 'not-tried',
			reason: `The sign-in form sends to ${hostname}, which is not the service’s own host`,
			enable: `add ${hostname} to allowHosts`,
		};
	if (form.method === 'GET' || form.encoding === 'multipart')
		return {
			kind: 'not-tried',
			reason: 'The sign-in form is sent by a script, so that it cannot be tried without a browser',
			enable: 'holdfast check browser.console, or give the form method="post" so that it works without scripts',
		};
	return null;
}

async function post(
	context: CheckContext,
	at: { readonly form: SignInForm; readonly page: HttpResponse; readonly jar: CookieJar },
	signal: AbortSignal,
): Promise<SignIn> {
	const { form, page, jar } = at;
	const { synthetic } = context.service;
	if (synthetic === undefined) throw new Error('expected a synthetic account');
	const fields = new URLSearchParams(form.fields.map(([name, value]): [string, string] => [name, value]));
	const headers: Record<string, string> = {
		'content-type': 'application/x-www-form-urlencoded',
		origin: new URL(page.url).origin,
		referer: page.url,
	};
	let hasToken = form.csrfField !== null && (fields.get(form.csrfField) ?? '') !== '';
	if (!hasToken) {
		const token = await askForToken(context, jar, signal);
		if (token !== null) {
			fields.set(form.csrfField ?? token.field, token.value);
			headers[token.header] = token.value;
			hasToken = true;
		}
	}
	fields.set(form.userField, synthetic.user);
	fields.set(form.passwordField, synthetic.password.reveal());
	const walked = await visit(context, { url: form.action, jar, form: fields.toString(), headers }, signal);
	const [first] = walked.hops;
	const { last } = walked;
	if (first === undefined || last === null) {
		if (walked.failure !== null) return { kind: 'failure', url: form.action, failure: walked.failure };
		return { kind: 'not-tried', reason: 'The sign-in form got no answer', enable: 'holdfast check auth.login, later' };
	}
	const formPath = new URL(page.url).pathname;
	const location = first.status >= 300 && first.status < 400 ? first.headers.location : undefined;
	const answer = judgeFormAnswer({
		first,
		firstText: readText(first),
		next: location !== undefined && URL.canParse(location, first.url) ? new URL(location, first.url).href : null,
		formPath,
		hasToken: hasToken || form.csrfField !== null,
		lastHtml: isHtml(last) ? last.body.toString('utf8') : '',
		lastText: readText(last),
	});
	const setCookies = walked.hops.flatMap((hop) => hop.setCookies);
	return { kind: 'answered', answer, form, formPath, visit: walked, jar, setCookies, durationMs: first.durationMs };
}

async function askForToken(
	{ http, service }: CheckContext,
	jar: CookieJar,
	signal: AbortSignal,
): Promise<{ readonly value: string; readonly header: string; readonly field: string } | null> {
	const url = resolvePath(service.url, defaultCsrfPath);
	const result = await http.send({ url, jar, signal, headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' } });
	if (result.kind === 'failure' || result.status !== 200) return null;
	const body = parseJsonObject(result.body.toString('utf8'));
	const value = body?.token ?? body?.csrfToken;
	if (typeof value !== 'string' || !/^[\x21-\x7e]{8,4096}$/.test(value)) return null;
	const header = typeof body?.header === 'string' && /^[a-z0-9-]{1,64}$/i.test(body.header) ? body.header.toLowerCase() : 'x-csrf-token';
	return { value, header, field: typeof body?.field === 'string' ? body.field : 'csrf_token' };
}

function readText(response: HttpResponse): string {
	const body = response.body.toString('utf8');
	if (isHtml(response)) return readHtml(body, response.url).text;
	const told = parseJsonObject(body);
	return [told?.error, told?.message]
		.filter((part) => typeof part === 'string')
		.join(': ')
		.slice(0, 600);
}

function isHtml(response: HttpResponse): boolean {
	return /html/i.test(response.headers['content-type'] ?? '');
}
