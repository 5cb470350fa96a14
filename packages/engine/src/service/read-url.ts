import { cutCredentials } from '../config/describe-value.ts';
import { OperationError } from '../operation-error.ts';

/**
 * A service's URL as a person types it; `shop.example` and `localhost:3000` are taken with their likely scheme.
 * @throws OperationError `invalid`; a password in the URL is not repeated.
 */
export function readUrl(given: string): URL {
	const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : withScheme(given);
	// Before it is read: `http://bob:80/rest-of-password@host` is a URL without a user name to the parser.
	if (given.includes('@')) {
		throw new OperationError('invalid', 'the URL holds a user name or a password: neither is shown or used', {
			hint: 'Remove what stands before the @, and the @.',
		});
	}
	if (!URL.canParse(text)) throw new OperationError('invalid', `${quote(given)}: expected a URL, for example https://shop.example`);
	const url = new URL(text);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new OperationError('invalid', `${quote(given)}: expected http or https, got ${url.protocol.slice(0, -1)}`);
	}
	if (url.search !== '' || url.hash !== '') {
		throw new OperationError('invalid', `${quote(given)}: expected a URL without ? and #`, { hint: `For example ${url.origin}` });
	}
	return url;
}

/** The address of the application itself, without the slash that says nothing. */
export function showUrl(url: URL): string {
	return url.pathname === '/' ? url.origin : url.href;
}

function withScheme(given: string): string {
	return /^(localhost|127\.|\[::1\])/i.test(given) ? `http://${given}` : `https://${given}`;
}

function quote(given: string): string {
	// A query or fragment often holds a token.
	const shown = cutCredentials(given).replace(/([?#]).*$/s, '$1…');
	return `"${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}"`;
}
