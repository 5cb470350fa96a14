import type { Severity } from '../message.ts';
import type { PreparedMessage } from './prepare-message.ts';

/** Readable on white and on black; the word beside it says the same. */
const colours: Readonly<Record<Severity, string>> = { critical: '#c62828', major: '#b35c00', minor: '#1565c0', info: '#5f6368' };
const resolvedColour = '#2e7d32';

/**
 * The message as a page for mail programs: no images, no scripts, nothing loaded; styles inline, with a darker set for those who
 * ask for it. Every text is escaped here and nowhere else.
 */
export function renderHtml(message: PreparedMessage): string {
	const colour = message.kind === 'resolved' ? resolvedColour : colours[message.severity];
	const rows = [
		...message.diagnosis.map(({ label, lines }) => row(label, lines)),
		...message.facts.map(({ label, value }) => row(label, [value])),
	];
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(message.headline)}</title>
<style>
:root { color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
.page { background: #17191c !important; color: #e8eaed !important; }
.quiet { color: #b0b4ba !important; }
.link { color: #8ab4f8 !important; border-color: #8ab4f8 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:24px;background:#ffffff;color:#1c1e21;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
<div style="max-width:640px;margin:0 auto;border-left:4px solid ${colour};padding-left:16px">
<p class="quiet" style="margin:0;color:#5f6368;font-size:14px">${escapeHtml(message.status)}</p>
<h1 style="margin:4px 0 12px;font-size:20px;line-height:1.3">${escapeHtml(message.headline)}</h1>
${message.summary === '' ? '' : `<p style="margin:0 0 16px">${escapeHtml(message.summary)}</p>\n`}${
	rows.length === 0
		? ''
		: `<table role="presentation" cellpadding="0" cellspacing="0" style="border-collapse:collapse;margin:0 0 16px;font-size:15px">\n${rows.join('\n')}\n</table>\n`
}${message.links.length === 0 ? '' : `<p style="margin:0">${message.links.map(link).join(' ')}</p>\n`}</div>
</body>
</html>
`;
}

function row(label: string, lines: readonly string[]): string {
	return `<tr><td class="quiet" valign="top" style="padding:4px 16px 4px 0;color:#5f6368${label.length <= 24 ? ';white-space:nowrap' : ''}">${escapeHtml(label)}</td><td valign="top" style="padding:4px 0;word-break:break-word">${lines.map(escapeHtml).join('<br>')}</td></tr>`;
}

function link({ label, url }: { readonly label: string; readonly url: string }): string {
	return `<a class="link" href="${escapeHtml(url)}" style="display:inline-block;margin:4px 8px 4px 0;padding:8px 16px;border:1px solid #1a56b0;border-radius:6px;color:#1a56b0;text-decoration:none;font-weight:600">${escapeHtml(label)}</a>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
