import { readDirective } from '../directive.ts';
import type { Binding, Comment, Problem } from '../model.ts';
import { append } from './append.ts';
import type { Block } from './blocks.ts';

/** HTML comments of the document outside code, in order. Found where the Markdown parser saw HTML, placed on the raw line. */
export function collectComments(blocks: readonly Block[], raw: readonly string[]): readonly Comment[] {
	const comments: Comment[] = [];
	const seen = new Map<number, number>();
	visit(blocks, (line, texts) => {
		for (const text of texts) {
			const firstPart = text.split('\n')[0] ?? text;
			for (let at = line; at <= raw.length; at++) {
				const column = (raw[at - 1] ?? '').indexOf(firstPart, seen.get(at) ?? 0);
				if (column < 0) continue;
				seen.set(at, column + firstPart.length);
				const endLine = at + text.split('\n').length - 1;
				const before = (raw[at - 1] ?? '').slice(0, column);
				const after = (raw[endLine - 1] ?? '').replace(/^[\s\S]*-->/, '');
				comments.push({
					text: text.replace(/^<!--/, '').replace(/-->$/, '').trim(),
					line: at,
					column: column + 1,
					endLine,
					alone: /^[\s>]*$/.test(before) && after.trim() === '',
				});
				break;
			}
		}
	});
	return comments.sort((a, b) => a.line - b.line || a.column - b.column);
}

function visit(blocks: readonly Block[], found: (line: number, texts: readonly string[]) => void): void {
	for (const block of blocks) {
		if (block.type === 'list') visit(block.items, found);
		else if (block.type === 'item' || block.type === 'quote') visit(block.blocks, found);
		else if (block.type === 'paragraph' || block.type === 'heading') for (const line of block.content) found(line.line, line.comments);
		else if (block.type === 'table') {
			for (const cell of block.header) found(cell.line, cell.comments);
			for (const row of block.rows) for (const cell of row.cells) found(row.line, cell.comments);
		} else if (block.type === 'html') found(block.line, block.content.match(/<!--[\s\S]*?-->/g) ?? []);
	}
}

/** Declared bindings by the line they belong to: their own, or the fence below a comment that stands alone (rule D2). */
export function readDeclared(
	comments: readonly Comment[],
	blocks: readonly Block[],
): { readonly byLine: ReadonlyMap<number, readonly Binding[]>; readonly problems: readonly Problem[] } {
	const byLine = new Map<number, Binding[]>();
	const problems: Problem[] = [];
	if (comments.length === 0) return { byLine, problems };
	const fences = new Set<number>();
	collectFenceLines(blocks, fences);
	const alone = new Set(comments.filter((comment) => comment.alone).flatMap((comment) => [comment.line, comment.endLine]));
	for (const comment of comments) {
		const reading = readDirective(comment);
		if (reading.kind === 'none') continue;
		if (reading.kind === 'problem') {
			append(problems, reading.problems);
			continue;
		}
		let line = comment.line;
		if (comment.alone) {
			line = comment.endLine + 1;
			while (alone.has(line)) line++;
			if (!fences.has(line)) line = comment.line;
		}
		const there = byLine.get(line);
		if (there === undefined) byLine.set(line, [reading.binding]);
		else there.push(reading.binding);
	}
	return { byLine, problems };
}

function collectFenceLines(blocks: readonly Block[], lines: Set<number>): void {
	for (const block of blocks) {
		if (block.type === 'fence') lines.add(block.line);
		else if (block.type === 'list') collectFenceLines(block.items, lines);
		else if (block.type === 'item' || block.type === 'quote') collectFenceLines(block.blocks, lines);
	}
}
