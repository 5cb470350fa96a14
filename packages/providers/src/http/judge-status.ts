import type { NoAnswerCode } from '@holdfast/checks/vendors';
import type { NoAnswer } from './ask-vendor.ts';

/** A vendor's own reading of an error: our words, never its body. */
export interface StatusWords {
	readonly code?: NoAnswerCode;
	/** Goes on after the vendor's name: `refuses the key`. */
	readonly what: string;
	/** Machine code beside the status: `BadAdminKey`. */
	readonly tag?: string;
	readonly enable?: string;
}

/** What a status other than 200 says. Redirects are never followed. */
export function judgeStatus(status: number, name: string, host: string, words: StatusWords | null = null): NoAnswer {
	const usual = readStatus(status);
	const { code = usual.code, what, tag, enable } = words ?? { ...usual, tag: undefined };
	return {
		kind: 'no-answer',
		code: code ?? 'bad-response',
		reason: `${name} (${host}) ${what} (${status}${tag === undefined ? '' : ` ${tag}`})`,
		...(enable === undefined ? {} : { enable }),
	};
}

function readStatus(status: number): StatusWords {
	if (status === 401)
		return { code: 'unauthorized', what: 'asks for credentials', enable: 'look at whether the address is the public one' };
	if (status === 403)
		return { code: 'forbidden', what: 'refuses the request', enable: 'look at whether a firewall or bot filter blocks this machine' };
	if (status === 404 || status === 410) return { code: 'not-found', what: 'has nothing at this address', enable: 'correct the URL' };
	if (status === 429) return { code: 'rate-limited', what: 'limits requests', enable: 'wait a minute' };
	if (status === 0 || (status >= 300 && status < 400))
		return { code: 'redirected', what: 'redirects, which is not followed', enable: 'give the URL it redirects to' };
	if (status >= 500) return { code: 'server-error', what: 'answers with a server error' };
	return { code: 'bad-response', what: 'answers with an unexpected status' };
}
