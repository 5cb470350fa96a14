import MarkdownIt, { type Token } from 'markdown-it';
import type { Link } from '../model.ts';

/** One source line of inline content, read. */
export interface InlineLine {
	readonly line: number;
	/** Plain words: emphasis, code marks, links and comments taken off. */
	readonly text: string;
	/** As written, comments taken off. */
	readonly raw: string;
	/** Bold (or italic) words that it opens with. */
	readonly lead: string | null;
	/** Plain words after the lead, without a leading colon or dash. */
	readonly rest: string;
	/** The lead ends in a colon, inside or just outside its marks. */
	readonly leadColon: boolean;
	readonly leadMark: 'strong' | 'em' | null;
	readonly links: readonly Link[];
	readonly codes: readonly string[];
	/** Texts of HTML comments on it, marks included. */
	readonly comments: readonly string[];
}

export const markdown = new MarkdownIt({ html: true, linkify: false, typographer: false });

const templateTags = /<%[\s\S]*?%>|\{\{[<%][\s\S]*?[>%]\}\}|\{%[\s\S]*?%\}|\{:[^}\n]*\}|\{#[\w-]+\}/g;

/** Reads an inline token, one entry a source line, beginning at `firstLine` (1-based). */
export function readInline(token: Token, firstLine: number): readonly InlineLine[] {
	const rows = token.content.split('\n');
	const parts = splitAtBreaks(token.children ?? []);
	// A code span or a tag may run over a line's end; then each line is read for itself.
	if (parts.length === rows.length) return parts.map((part, index) => readLine(part, rows[index] ?? '', firstLine + index));
	return rows.map((row, index) => readLine(markdown.parseInline(row, {})[0]?.children ?? [], row, firstLine + index));
}

function splitAtBreaks(children: readonly Token[]): Token[][] {
	const parts: Token[][] = [[]];
	for (const child of children) {
		if (child.type === 'softbreak' || child.type === 'hardbreak') parts.push([]);
		else parts.at(-1)?.push(child);
	}
	return parts;
}

const none: readonly never[] = [];

function readLine(tokens: readonly Token[], row: string, line: number): InlineLine {
	const only = tokens.length === 1 ? tokens[0] : undefined;
	// Most lines are words and nothing else.
	if (only?.type === 'text' && !only.content.includes('://')) {
		const text = tidy(only.content);
		const raw = row === only.content ? text : tidy(row);
		return { line, text, raw, lead: null, rest: text, leadColon: false, leadMark: null, links: none, codes: none, comments: none };
	}
	const links: Link[] = [];
	const codes: string[] = [];
	const comments: string[] = [];
	let text = '';
	let lead: string | null = null;
	let leadMark: 'strong' | 'em' | null = null;
	let leadEnd = 0;
	let open: { kind: 'strong' | 'em'; from: number } | null = null;
	let link: { url: string; from: number } | null = null;
	for (const token of tokens) {
		switch (token.type) {
			case 'strong_open':
			case 'em_open':
				if (open === null && lead === null && !/[\p{L}\p{N}]/u.test(text)) {
					open = { kind: token.type === 'strong_open' ? 'strong' : 'em', from: text.length };
				}
				break;
			case 'strong_close':
			case 'em_close':
				if (open !== null && token.type === `${open.kind}_close`) {
					lead = text.slice(open.from).trim();
					leadMark = open.kind;
					leadEnd = text.length;
					open = null;
				}
				break;
			case 'link_open':
				link = { url: String(token.attrGet('href') ?? ''), from: text.length };
				break;
			case 'link_close':
				if (link !== null) links.push({ label: text.slice(link.from).trim(), url: link.url });
				link = null;
				break;
			case 'code_inline':
				codes.push(token.content);
				text += token.content;
				break;
			case 'image':
				text += token.content;
				break;
			case 'html_inline':
				if (token.content.startsWith('<!--')) comments.push(token.content);
				else if (/^<br\s*\/?>$/i.test(token.content)) text += ' ';
				break;
			default:
				text += token.content;
		}
	}
	for (const url of findUrls(text)) if (!links.some((known) => known.url === url || known.label === url)) links.push({ label: url, url });
	const after = lead === null ? text : text.slice(leadEnd);
	const leadColon = lead !== null && (/[:：]$/.test(lead) || /^\s*[:：]/.test(after));
	return {
		line,
		text: tidy(text),
		raw: tidy(row.replace(/<!--[\s\S]*?-->/g, '')),
		lead: lead === null || lead === '' ? null : tidy(lead.replace(/\s*[:：]+$/, '')),
		rest: tidy(lead === null ? text : after.replace(/^\s*(?:[:：]|[-–—]\s)\s*/, '')),
		leadColon,
		leadMark: lead === null || lead === '' ? null : leadMark,
		links,
		codes,
		comments,
	};
}

function tidy(text: string): string {
	const plain = text.includes('<%') || text.includes('{') ? text.replace(templateTags, ' ') : text;
	return (/\s\s|[^\S ]/.test(plain) ? plain.replace(/\s+/g, ' ') : plain).trim();
}

/** Bare URLs in plain text; closing punctuation does not belong to them. */
export function findUrls(text: string): readonly string[] {
	if (!text.includes('://')) return [];
	return [...text.matchAll(/\bhttps?:\/\/[^\s<>"'`]+/g)].map((found) => found[0].replace(/[).,;:!?\]*_]+$/, ''));
}
