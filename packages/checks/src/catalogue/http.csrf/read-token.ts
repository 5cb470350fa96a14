/** Finds the token in the answer of a CSRF endpoint, as the kit and common libraries give it. */
import { parseJsonObject } from '../../page/parse-json-object.ts';
import type { CookieJar } from '../../probe/cookie-jar.ts';
import type { HttpResponse } from '../../probe/http-probe.ts';

export interface IssuedToken {
	readonly value: string;
	/** Header to present it in, lower case. */
	readonly header: string;
	/** It came as the kit gives it: `token` and `header` in a JSON body. */
	readonly ofKit: boolean;
}

const fields = ['token', 'csrfToken', 'csrf_token', 'csrf', '_csrf'];
const defaultHeader = 'x-csrf-token';

/** Body field first, then response header, then a readable cookie. @returns null when there is none. */
export function readToken(response: HttpResponse, jar: CookieJar, url: string): IssuedToken | null {
	const body = parseJsonObject(response.body.toString('utf8'));
	const named = typeof body?.header === 'string' && /^[a-z0-9-]{1,64}$/i.test(body.header) ? body.header.toLowerCase() : defaultHeader;
	const fromBody = fields.map((field) => body?.[field]).find(isToken);
	if (fromBody !== undefined)
		return { value: fromBody, header: named, ofKit: fromBody === body?.token && named === lowerCase(body.header) };
	const fromHeader = response.headers[defaultHeader];
	if (isToken(fromHeader)) return { value: fromHeader, header: defaultHeader, ofKit: false };
	for (const name of jar.names(url).filter((candidate) => /csrf|xsrf/i.test(candidate))) {
		const value = jar.value(url, name);
		if (isToken(value)) return { value: decode(value), header: /xsrf/i.test(name) ? 'x-xsrf-token' : defaultHeader, ofKit: false };
	}
	return null;
}

function lowerCase(value: unknown): string | null {
	return typeof value === 'string' ? value.toLowerCase() : null;
}

/** A cookie that is not percent-encoded is presented as it stands. */
function decode(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}

/** @returns the token with one character changed, of the same kind and length. */
export function alterToken(token: string): string {
	const first = token[0] ?? '';
	const other = /[0-9]/.test(first) ? (first === '7' ? '3' : '7') : first === 'b' ? 'c' : 'b';
	return `${other}${token.slice(1)}`;
}

/** Eight characters or more that may stand in a header. */
function isToken(value: unknown): value is string {
	return typeof value === 'string' && /^[\x21-\x7e]{8,4096}$/.test(value);
}
