import type { Token } from 'markdown-it';
import type { Problem } from '../model.ts';
import { append } from './append.ts';
import { type InlineLine, markdown, readInline } from './inline.ts';

/** The block tree of a document; lines are 1-based and inclusive. */
export interface BlockBase {
	readonly line: number;
	readonly endLine: number;
}
export interface HeadingBlock extends BlockBase {
	readonly type: 'heading';
	readonly level: number;
	readonly content: readonly InlineLine[];
}
export interface ParagraphBlock extends BlockBase {
	readonly type: 'paragraph';
	readonly content: readonly InlineLine[];
}
export interface ListBlock extends BlockBase {
	readonly type: 'list';
	readonly ordered: boolean;
	readonly start: number;
	readonly items: readonly ItemBlock[];
}
export interface ItemBlock extends BlockBase {
	readonly type: 'item';
	readonly ordered: boolean;
	/** The number it is written with; 0 for bullets. */
	readonly ordinal: number;
	/** `[ ]` false, `[x]` true, no box null. */
	readonly done: boolean | null;
	readonly blocks: Block[];
}
export interface FenceBlock extends BlockBase {
	readonly type: 'fence';
	readonly lang: string;
	readonly content: string;
	/** False for an indented code block. */
	readonly fenced: boolean;
	readonly closed: boolean;
}
export interface TableBlock extends BlockBase {
	readonly type: 'table';
	readonly header: readonly InlineLine[];
	readonly rows: readonly { readonly line: number; readonly cells: readonly InlineLine[] }[];
}
export interface QuoteBlock extends BlockBase {
	readonly type: 'quote';
	readonly blocks: Block[];
}
export interface HtmlBlock extends BlockBase {
	readonly type: 'html';
	readonly content: string;
}
export interface RuleBlock extends BlockBase {
	readonly type: 'rule';
}
export type Block = HeadingBlock | ParagraphBlock | ListBlock | ItemBlock | FenceBlock | TableBlock | QuoteBlock | HtmlBlock | RuleBlock;

export interface BlockTree {
	readonly blocks: readonly Block[];
	readonly warnings: readonly Problem[];
}

/** Parses prepared lines into blocks. A fence that is never closed ends at the next heading of its own or a higher level (rule S5). */
export function readBlocks(lines: readonly string[]): BlockTree {
	const warnings: Problem[] = [];
	const blocks: Block[] = [];
	let from = 0;
	for (;;) {
		const part = from === 0 ? lines : [...Array<string>(from).fill(''), ...lines.slice(from)];
		const parsed = buildTree(part);
		const open = findOpenFence(parsed);
		const cut = open === null ? null : findCut(lines, open, parsed);
		if (open === null || cut === null) {
			if (open !== null) warnings.push(unclosed(open));
			append(blocks, parsed);
			return { blocks, warnings };
		}
		warnings.push(unclosed(open));
		append(blocks, buildTree(part.slice(0, cut)));
		from = cut;
	}
}

function unclosed(fence: FenceBlock): Problem {
	return {
		rule: 'S5',
		line: fence.line,
		column: 1,
		message: 'this code fence is opened and never closed',
		hint: 'close it with the same marks; it was taken to end at the next heading',
	};
}

function findOpenFence(blocks: readonly Block[]): FenceBlock | null {
	for (let last = blocks.at(-1); last !== undefined; ) {
		if (last.type === 'fence') return last.fenced && !last.closed ? last : null;
		if (last.type === 'list') last = last.items.at(-1);
		else if (last.type === 'item' || last.type === 'quote') last = last.blocks.at(-1);
		else return null;
	}
	return null;
}

/** Index of the line to cut before, or null when nothing after the fence looks like a heading. */
function findCut(lines: readonly string[], fence: FenceBlock, blocks: readonly Block[]): number | null {
	const level =
		blocks.findLast((block) => block.type === 'heading' && block.line < fence.line)?.type === 'heading' ? lastLevel(blocks, fence) : 2;
	for (let index = fence.line; index < lines.length; index++) {
		// One `#` inside code is more often a comment than a title.
		const marks = /^(#{2,6})\s+\S/.exec(lines[index] ?? '')?.[1];
		if (marks !== undefined && marks.length <= Math.max(level, 2)) return index;
	}
	return null;
}

function lastLevel(blocks: readonly Block[], fence: FenceBlock): number {
	const heading = blocks.findLast((block): block is HeadingBlock => block.type === 'heading' && block.line < fence.line);
	return heading?.level ?? 2;
}

function buildTree(lines: readonly string[]): Block[] {
	const tokens = markdown.parse(lines.join('\n'), {});
	const reader = { tokens, at: 0, lines };
	return readUntil(reader, null);
}

interface Reader {
	readonly tokens: readonly Token[];
	at: number;
	readonly lines: readonly string[];
}

function readUntil(reader: Reader, close: string | null): Block[] {
	const blocks: Block[] = [];
	while (reader.at < reader.tokens.length) {
		const token = reader.tokens[reader.at];
		if (token === undefined || token.type === close) break;
		const block = readBlock(reader, token);
		if (block !== null) blocks.push(block);
	}
	reader.at++;
	return blocks;
}

function readBlock(reader: Reader, token: Token): Block | null {
	const span = spanOf(reader, token);
	reader.at++;
	switch (token.type) {
		case 'heading_open': {
			const inline = reader.tokens[reader.at];
			reader.at += 2;
			return {
				type: 'heading',
				...span,
				level: Number(token.tag.slice(1)),
				content: inline === undefined ? [] : readInline(inline, span.line),
			};
		}
		case 'paragraph_open': {
			const inline = reader.tokens[reader.at];
			reader.at += 2;
			return { type: 'paragraph', ...span, content: inline === undefined ? [] : readInline(inline, span.line) };
		}
		case 'bullet_list_open':
		case 'ordered_list_open':
			return readList(reader, token, span);
		case 'blockquote_open':
			return { type: 'quote', ...span, blocks: readUntil(reader, 'blockquote_close') };
		case 'fence': {
			const last = (reader.lines[span.endLine - 1] ?? '').replace(/^[\s>]*/, '').trimEnd();
			const closed = span.endLine > span.line && last.startsWith(token.markup) && /^(`+|~+)$/.test(last);
			return {
				type: 'fence',
				...span,
				lang: (token.info.trim().split(/[\s{,]/)[0] ?? '').toLowerCase(),
				content: token.content,
				fenced: true,
				closed,
			};
		}
		case 'code_block':
			return { type: 'fence', ...span, lang: '', content: token.content, fenced: false, closed: true };
		case 'table_open':
			return readTable(reader, span);
		case 'html_block':
			return { type: 'html', ...span, content: token.content };
		case 'hr':
			return { type: 'rule', ...span };
		default:
			return null;
	}
}

/** 1-based, inclusive, trailing blank lines left out. */
function spanOf(reader: Reader, token: Token): BlockBase {
	const [from, to] = token.map ?? [0, 1];
	let end = to;
	while (end > from + 1 && (reader.lines[end - 1] ?? '').trim() === '') end--;
	return { line: from + 1, endLine: end };
}

function readList(reader: Reader, token: Token, span: BlockBase): ListBlock {
	const ordered = token.type === 'ordered_list_open';
	const items: ItemBlock[] = [];
	while (reader.at < reader.tokens.length) {
		const next = reader.tokens[reader.at];
		if (next === undefined || next.type !== 'list_item_open') break;
		const itemSpan = spanOf(reader, next);
		reader.at++;
		const blocks = readUntil(reader, 'list_item_close');
		const box = readBox(blocks);
		items.push({ type: 'item', ...itemSpan, ordered, ordinal: ordered ? Number(next.info) || 0 : 0, done: box.done, blocks: box.blocks });
	}
	reader.at++;
	return { type: 'list', ...span, ordered, start: Number(token.attrGet('start') ?? 1), items };
}

function readBox(blocks: Block[]): { done: boolean | null; blocks: Block[] } {
	const first = blocks[0];
	const line = first?.type === 'paragraph' ? first.content[0] : undefined;
	const box = line === undefined ? null : /^\[([ xX])\]\s+(?=\S)/.exec(line.raw);
	if (first?.type !== 'paragraph' || line === undefined || box === null) return { done: null, blocks };
	const strip = (text: string): string => text.replace(/^\[[ xX]?\]\s*/, '');
	const head: InlineLine = { ...line, text: strip(line.text), raw: strip(line.raw), rest: strip(line.rest) };
	return { done: box[1] !== ' ', blocks: [{ ...first, content: [head, ...first.content.slice(1)] }, ...blocks.slice(1)] };
}

function readTable(reader: Reader, span: BlockBase): TableBlock {
	let header: InlineLine[] = [];
	const rows: { line: number; cells: InlineLine[] }[] = [];
	let cells: InlineLine[] = [];
	let line = span.line;
	let inHead = false;
	for (; reader.at < reader.tokens.length; reader.at++) {
		const token = reader.tokens[reader.at];
		if (token === undefined || token.type === 'table_close') break;
		if (token.type === 'thead_open') inHead = true;
		else if (token.type === 'thead_close') inHead = false;
		else if (token.type === 'tr_open') {
			cells = [];
			line = (token.map?.[0] ?? line - 1) + 1;
		} else if (token.type === 'inline') {
			const content = readInline(token, line)[0];
			if (content !== undefined) cells.push(content);
		} else if (token.type === 'tr_close') {
			if (inHead) header = cells;
			else rows.push({ line, cells });
		}
	}
	reader.at++;
	return { type: 'table', ...span, header, rows };
}
