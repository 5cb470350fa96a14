import type { Comment } from '../model.ts';
import { type Block, readBlocks } from '../parse/blocks.ts';
import { prepareSource } from '../parse/source.ts';
import type { RawLine } from './raw-lines.ts';

/** A document's blocks and its HTML comments outside code, placed on the raw lines. */
export interface CommentScan {
	readonly blocks: readonly Block[];
	readonly comments: readonly Comment[];
}

/** Parses a document just far enough to know what is a comment and what only looks like one (rule D1). */
export function scanComments(text: string, lines: readonly RawLine[]): CommentScan {
	const { blocks } = readBlocks(prepareSource(text).lines);
	const comments: Comment[] = [];
	visit(blocks, (found) => place(lines, found, comments));
	return { blocks, comments: comments.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

interface Found {
	readonly from: number;
	readonly to: number;
	/** Marks included, in the order of the text. */
	readonly texts: readonly string[];
	/** A row of a table: no code span goes beyond its cell. */
	readonly row: boolean;
}

function visit(blocks: readonly Block[], report: (found: Found) => void): void {
	for (const block of blocks) {
		switch (block.type) {
			case 'list':
				visit(block.items, report);
				break;
			case 'item':
			case 'quote':
				visit(block.blocks, report);
				break;
			case 'paragraph':
			case 'heading':
				if (block.content.some((line) => line.comments.length > 0)) {
					report({ from: block.line, to: block.endLine, texts: block.content.flatMap((line) => line.comments), row: false });
				}
				break;
			case 'table': {
				const header = block.header.flatMap((cell) => cell.comments);
				if (header.length > 0) report({ from: block.line, to: block.line, texts: header, row: true });
				for (const row of block.rows) {
					const texts = row.cells.flatMap((cell) => cell.comments);
					if (texts.length > 0) report({ from: row.line, to: row.line, texts, row: true });
				}
				break;
			}
			case 'html': {
				const texts = block.content.match(/<!--[\s\S]*?-->/g);
				if (texts !== null) report({ from: block.line, to: block.endLine, texts, row: false });
				break;
			}
			case 'fence':
			case 'rule':
				break;
			default:
				block satisfies never;
		}
	}
}

function place(lines: readonly RawLine[], found: Found, comments: Comment[]): void {
	const raw = lines.slice(found.from - 1, found.to).map((line) => line.text);
	const whole = raw.join('\n');
	const joined = found.row
		? whole
				.split(/(?<!\\)(?=\|)/)
				.map(hideCode)
				.join('')
		: hideCode(whole);
	let at = 0;
	for (const text of found.texts) {
		// A comment of several lines inside a quote has the quote's marks between its lines: such a one is left alone.
		const begin = joined.indexOf(text.trimEnd(), at);
		if (begin < 0) continue;
		at = begin + text.trimEnd().length;
		const before = joined.slice(0, begin).split('\n');
		const covered = text.trimEnd().split('\n').length - 1;
		const line = found.from + before.length - 1;
		const lead = before.at(-1) ?? '';
		const rest = joined.slice(at).split('\n')[0] ?? '';
		comments.push({
			text: text.trimEnd().slice(4, -3).trim(),
			line,
			column: lead.length + 1,
			endLine: line + covered,
			alone: /^[\s>]*$/.test(lead) && rest.trim() === '',
		});
	}
}

/** Blanks the code spans of a block, so that a comment shown as code is not taken for one. Lengths stay. */
function hideCode(text: string): string {
	if (!text.includes('`')) return text;
	let out = '';
	let at = 0;
	while (at < text.length) {
		const mark = text[at] ?? '';
		if (mark === '\\') {
			out += text.slice(at, at + 2);
			at += 2;
		} else if (text.startsWith('<!--', at)) {
			const end = text.indexOf('-->', at);
			const stop = end < 0 ? at + 4 : end + 3;
			out += text.slice(at, stop);
			at = stop;
		} else if (mark === '`') {
			const run = /^`+/.exec(text.slice(at))?.[0] ?? '`';
			const end = findRun(text, at + run.length, run.length);
			const stop = end === null ? at + run.length : end + run.length;
			out += end === null ? run : text.slice(at, stop).replace(/[^\n]/g, '\u0001');
			at = stop;
		} else {
			out += mark;
			at++;
		}
	}
	return out;
}

/** Where a run of exactly so many backquotes begins. */
function findRun(text: string, from: number, length: number): number | null {
	for (const found of text.slice(from).matchAll(/`+/g)) if (found[0].length === length) return from + found.index;
	return null;
}
