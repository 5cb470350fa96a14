/** JSON that nobody stores. */
export function answerJson(status: number, body: unknown, cookies: readonly string[] = []): Response {
	return new Response(JSON.stringify(body), { status, headers: withCookies({ 'content-type': 'application/json' }, cookies) });
}

/** Sends a browser on after a form. The place is relative, so that it holds behind any proxy. */
export function answerSeeOther(place: string, cookies: readonly string[] = []): Response {
	return new Response(null, { status: 303, headers: withCookies({ location: place }, cookies) });
}

export function answerNothing(cookies: readonly string[] = []): Response {
	return new Response(null, { status: 204, headers: withCookies({}, cookies) });
}

/** A whole small page for a form that could not be handled. */
export function answerPage(status: number, title: string, sentence: string, back: string): Response {
	const html = renderPage({ status, title, sentence, back: { href: back, text: 'Back to the page before' } });
	return new Response(html, { status, headers: withCookies({ 'content-type': 'text/html; charset=utf-8' }, []) });
}

/** HTML of a whole small page: what happened, and where to go from here. */
export function renderPage(page: { status: number; title: string; sentence: string; back: { href: string; text: string } }): string {
	const { status, title, sentence, back } = page;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Bight &amp; Cleat</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/plain.css">
</head>
<body>
<main>
<p class="code">${status}</p>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(sentence)}</p>
<p><a href="${escapeHtml(back.href)}">${escapeHtml(back.text)}</a></p>
</main>
</body>
</html>
`;
}

/** A failure in the form that was asked in: a page for forms, JSON for scripts. */
export function answerFailure(failure: {
	form: boolean;
	status: number;
	code: string;
	title: string;
	message: string;
	back: string;
	/** When it is worth asking again (RFC 9110, 10.2.3). */
	retryAfterSeconds?: number;
}): Response {
	const { form, status, code, title, message, back, retryAfterSeconds } = failure;
	const response = form ? answerPage(status, title, message, back) : answerJson(status, { error: code, message });
	if (retryAfterSeconds !== undefined) response.headers.set('retry-after', String(retryAfterSeconds));
	return response;
}

function withCookies(headers: Record<string, string>, cookies: readonly string[]): Headers {
	const all = new Headers({ 'cache-control': 'no-store', ...headers });
	for (const cookie of cookies) all.append('set-cookie', cookie);
	return all;
}

function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
