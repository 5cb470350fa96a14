/** The pages behind an acknowledgement link: one file each, no script, nothing loaded. Pure. */
import { createHash } from 'node:crypto';

export interface PageText {
	readonly title: string;
	readonly paragraphs: readonly string[];
	/** What the incident is, in rows. */
	readonly facts?: readonly { readonly label: string; readonly value: string }[];
	/** Words of the button that asks; absent: nothing can be done here. */
	readonly button?: string;
	readonly tone: 'ask' | 'done' | 'stop';
}

const STYLE = `:root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--text:#1c1e21;--quiet:#565b63;--line:#d9dce1;--ask:#b3261e;--done:#1b6e3c;--stop:#5f6368;--button:#1a56b0;--on:#fff}
@media (prefers-color-scheme:dark){:root{--page:#121417;--card:#1c1f24;--text:#e8eaed;--quiet:#b0b4ba;--line:#3a3f46;--ask:#f2b8b5;--done:#81c995;--stop:#b0b4ba;--button:#8ab4f8;--on:#10213d}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--page);color:var(--text);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:34rem;background:var(--card);border:1px solid var(--line);border-top:4px solid var(--stop);border-radius:12px;padding:24px}
main.ask{border-top-color:var(--ask)}main.done{border-top-color:var(--done)}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 12px;overflow-wrap:anywhere}p{margin:0 0 12px;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;margin:0 0 20px}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
button{width:100%;min-height:48px;border:0;border-radius:8px;background:var(--button);color:var(--on);font:inherit;font-weight:600;cursor:pointer}
button:focus-visible{outline:3px solid var(--text);outline-offset:3px}footer{color:var(--quiet);font-size:.85rem;margin-top:16px}`;

/** Of every page: nothing is loaded or run, nobody frames it, no cache, search engine or next page learns the address. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
	'content-type': 'text/html; charset=utf-8',
	'cache-control': 'no-store',
	'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
	'referrer-policy': 'no-referrer',
	'x-robots-tag': 'noindex, nofollow',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
};

/** @returns the whole document; every text is escaped here */
export function renderPage({ title, paragraphs, facts = [], button, tone }: PageText): string {
	const rows = facts.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('');
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)} · Holdfast</title>
<style>${STYLE}</style>
</head>
<body>
<main class="${tone}">
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('\n')}
${rows === '' ? '' : `<dl>${rows}</dl>`}
${button === undefined ? '' : `<form method="post"><button type="submit">${escapeHtml(button)}</button></form>`}
<footer>Holdfast</footer>
</main>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
