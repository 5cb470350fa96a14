import { remember } from '../values/remember.ts';

/** Which names stand before something that nobody should read. */

/** Wherever in a name: `dbPassword`, `x-amz-security-token`, `Set-Cookie`, `SESSION_SECRET`. */
const TELLING =
	/secret|token|passw|pwd|authori[sz]ation|cookie|credential|api[-_.]?key|access[-_.]?key|private[-_.]?key|admin[-_.]?key|signature|bearer|jwt|csrf|xsrf/i;
/** Only as a word of their own: `session.id` and `auth`, not `author` and `sessions`. */
const WORDS: ReadonlySet<string> = new Set(
	'pass passphrase auth oauth otp pin ssn cvc cvv cvv2 session sessionid sessid sig iban cardnumber creditcard'.split(' '),
);
/** `max_tokens`, `token_count`: how many, not which. */
const AMOUNT = /(?:tokens|count|length|limit|total|size|used|age|type)$/i;

/** @returns whether what stands under this name is to be taken out. Names repeat, so that the last 2,000 answers are remembered. */
export const isSecretKey: (name: string) => boolean = remember((name) => name.length <= 100 && judge(name), 2_000);

/** @returns whether the name says how much of something there is. */
export function isAmountKey(name: string): boolean {
	return AMOUNT.test(name);
}

function judge(name: string): boolean {
	if (TELLING.test(name)) return true;
	const words = name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.toLowerCase()
		.split(/[^a-z0-9]+/);
	return words.some((word) => WORDS.has(word)) || WORDS.has(words.join(''));
}
