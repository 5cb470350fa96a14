/** What a response is judged by, and what each rule gives. */
import type { PageContent } from '../../page/read-html.ts';
import type { ReadCookie } from '../../page/read-set-cookie.ts';

export interface JudgedResponse {
	readonly url: URL;
	/** By lower-case name. */
	readonly headers: Readonly<Record<string, string>>;
	readonly cookies: readonly ReadCookie[];
	/** Null when the answer is no HTML. */
	readonly page: PageContent | null;
	/** Headers of an answer to a request from a foreign origin; null when there was none. */
	readonly foreign: { readonly origin: string; readonly headers: Readonly<Record<string, string>> } | null;
	/** What plain http on the default port does; null when it was not looked at. */
	readonly plainHttp: PlainHttp | null;
}

export type PlainHttp =
	/** Nothing answers on port 80. */
	| { readonly kind: 'closed' }
	| { readonly kind: 'answers' }
	/** In order. */
	| { readonly kind: 'redirects'; readonly targets: readonly string[] };

/** One line of the table: what was found, and the points it gives or takes. */
export interface Modifier {
	/** Stable: `headers.csp-missing`. */
	readonly code: string;
	readonly points: number;
	/** One sentence. */
	readonly message: string;
	readonly fix?: string;
}

export type Rule = (response: JudgedResponse) => readonly Modifier[];
