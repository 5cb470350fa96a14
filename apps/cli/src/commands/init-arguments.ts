export type InitArguments =
	| { readonly ok: true; readonly file: string | undefined; readonly url: string | undefined }
	| { readonly ok: false; readonly message: string };

/** The two arguments are told apart by their form, so that either may be left out. */
export function readInitArguments(words: readonly string[]): InitArguments {
	const urls = words.filter(looksLikeUrl);
	const files = words.filter((word) => !looksLikeUrl(word));
	if (urls.length > 1) return { ok: false, message: `expected one URL, got ${urls.length}` };
	if (files.length > 1) return { ok: false, message: `expected one runbook and one URL, got ${files.join(' and ')}` };
	return { ok: true, file: files[0], url: urls[0] };
}

function looksLikeUrl(word: string): boolean {
	if (/\.(md|markdown|mdx|erb|txt)$/i.test(word) && !word.includes('://')) return false;
	return (
		word.includes('://') ||
		// A user name and password before the host: refused as a URL, not shown as the name of a file.
		/^[^\s/]*:[^@]*@/.test(word) ||
		/^(localhost|[\w.-]+):\d+(\/|$)/i.test(word) ||
		word === 'localhost' ||
		/^([a-z0-9-]+\.)+[a-z]{2,}$/i.test(word)
	);
}
