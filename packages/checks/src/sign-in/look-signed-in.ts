/** Whether the application still takes a visitor for signed in: asked on a new connection with the visitor's cookies. */
import type { CheckContext } from '../contract.ts';
import { parseJsonObject } from '../page/parse-json-object.ts';
import { resolvePath } from '../page/read-page.ts';
import { createCookieJar } from '../probe/cookie-jar.ts';
import { asksForPassword } from './read-form.ts';
import type { SignedIn } from './sign-in.ts';
import { type Visit, visit } from './visit.ts';

export interface Look {
	readonly state: 'signed-in' | 'signed-out' | 'error' | 'cannot-tell';
	/** What was asked and what came, for the words. */
	readonly saw: string;
}

/** Answers `{"signedIn": boolean}` where the application has it; only asked. */
const sessionPath = '/api/session';

export async function lookSignedIn(context: CheckContext, signedIn: SignedIn, signal: AbortSignal): Promise<Look> {
	const session = await context.http.send({
		url: resolvePath(context.service.url, sessionPath),
		jar: signedIn.jar,
		signal,
		headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' },
	});
	if (session.kind === 'response' && session.status === 200) {
		const told = parseJsonObject(session.body.toString('utf8'))?.signedIn;
		if (typeof told === 'boolean') return { state: told ? 'signed-in' : 'signed-out', saw: `GET ${sessionPath} → signedIn ${told}` };
	}
	const landing = signedIn.visit.last?.url ?? context.service.url;
	const again = await visit(context, { url: landing, jar: signedIn.jar }, signal);
	const path = new URL(landing).pathname;
	const saw = describeVisit(path, again);
	if (again.failure !== null || again.last === null || again.last.status >= 500 || again.last.status === 429)
		return { state: 'error', saw };
	if (isSignIn(again, signedIn.formPath)) return { state: 'signed-out', saw };
	// A page that everybody sees says nothing: only one that sends strangers to the form does, or a form that is gone.
	const form = await visit(context, { url: resolvePath(context.service.url, signedIn.formPath), jar: signedIn.jar }, signal);
	if (form.last !== null && form.last.status < 400 && !isSignIn(form, signedIn.formPath)) return { state: 'signed-in', saw };
	const stranger = await visit(context, { url: landing, jar: createCookieJar() }, signal);
	return { state: isSignIn(stranger, signedIn.formPath) ? 'signed-in' : 'cannot-tell', saw };
}

/** Signed out: refused, or led to a page that asks for a password. */
function isSignIn({ last, stopped }: Visit, formPath: string): boolean {
	if (last === null || stopped === 'too-many') return stopped === 'too-many';
	if (last.status === 401 || last.status === 403) return true;
	return new URL(last.url).pathname === formPath || asksForPassword(last.body.toString('utf8'));
}

function describeVisit(path: string, { last, failure }: Visit): string {
	if (failure !== null) return `GET ${path} → ${failure.reason}`;
	if (last === null) return `GET ${path} → no answer`;
	const ended = new URL(last.url).pathname;
	return `GET ${path} → ${ended === path ? '' : `${ended} `}${last.status}`;
}
