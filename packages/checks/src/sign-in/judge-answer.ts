/** What the application answered to the sign-in form. Pure. */
import type { HttpResponse } from '../probe/http-probe.ts';
import { asksForPassword } from './read-form.ts';

export type FormAnswer =
	| { readonly kind: 'accepted' }
	/** `message`: the page's own words, at most 160 characters; null when there are none. */
	| { readonly kind: 'refused' | 'csrf' | 'error'; readonly status: number; readonly message: string | null }
	| { readonly kind: 'slow-down'; readonly retryAfter: string | null };

const csrfWords = /csrf|xsrf|forg(?:ed|ery)|form was not accepted|invalid token|token (?:is )?(?:missing|invalid|expired)|origin/i;

export interface JudgedAnswer {
	/** Answer to the post itself. */
	readonly first: Pick<HttpResponse, 'status' | 'headers' | 'url'>;
	readonly firstText: string;
	/** Where its redirect leads, absolute; null when it does not redirect. */
	readonly next: string | null;
	/** Path of the page with the form. */
	readonly formPath: string;
	/** The form carries a CSRF token. */
	readonly hasToken: boolean;
	/** HTML of the page on which it ended, for its words. */
	readonly lastHtml: string;
	readonly lastText: string;
}

/** By the answer to the post alone: whether the session then holds is another question. */
export function judgeFormAnswer({ first, firstText, next, formPath, hasToken, lastHtml, lastText }: JudgedAnswer): FormAnswer {
	const { status } = first;
	const words = pickMessage(firstText === '' ? lastText : firstText);
	if (status === 429) return { kind: 'slow-down', retryAfter: first.headers['retry-after'] ?? null };
	if (status >= 500) return { kind: 'error', status, message: words };
	if (status === 403) return { kind: hasToken || csrfWords.test(firstText) ? 'csrf' : 'refused', status, message: words };
	if (status === 404 || status === 405) return { kind: 'error', status, message: words };
	if (status >= 400) return { kind: csrfWords.test(firstText) ? 'csrf' : 'refused', status, message: words };
	if (next !== null) {
		const target = new URL(next);
		if (/[?&](?:error|problem|failed|failure)=/i.test(target.search)) {
			const kind = csrfWords.test(target.search) ? 'csrf' : 'refused';
			return { kind, status, message: pickMessage(lastText) };
		}
		// Back to the form without another word is a refusal; further on and then back is a session that was lost.
		if (target.pathname === formPath && asksForPassword(lastHtml)) return { kind: 'refused', status, message: pickMessage(lastText) };
		return { kind: 'accepted' };
	}
	if (asksForPassword(lastHtml)) return { kind: 'refused', status, message: words };
	return { kind: 'accepted' };
}

/** @returns the sentence of the page that speaks of what went wrong; null when none does. */
function pickMessage(text: string): string | null {
	const sentence = text
		.split(/(?<=[.!?])\s+/)
		.find((part) =>
			/wrong|incorrect|invalid|not accepted|failed|cannot|could not|denied|disabled|does not work|error|expired|missing/i.test(part),
		);
	return sentence === undefined ? null : sentence.trim().slice(-160);
}
