import type { Block } from '../parse/blocks.ts';
import type { InlineLine } from '../parse/inline.ts';

/**
 * What a document says, comments left out, as one string: the same for two texts that read the same (rule W6).
 *
 * @param blocks the parsed document
 * @param origins for each of its lines, the line of the original that it stands for; absent: itself
 */
export function fingerprintBlocks(blocks: readonly Block[], origins?: readonly number[]): string {
	const at = (line: number): number => origins?.[line - 1] ?? line;
	// A comment before the backslash of a hard break leaves a blank in the raw text that says nothing.
	const inline = (line: InlineLine): unknown[] => [
		at(line.line),
		line.text,
		line.raw.replace(/\s*\\$/, '\\'),
		line.lead,
		line.rest,
		line.leadColon,
		line.leadMark,
		line.links,
		line.codes,
	];
	const read = (block: Block): unknown[] => {
		const span = [block.type, at(block.line), at(block.endLine)];
		switch (block.type) {
			case 'heading':
				return [...span, block.level, block.content.map(inline)];
			case 'paragraph':
				return [...span, block.content.map(inline)];
			case 'list':
				return [...span, block.ordered, block.start, block.items.map(read)];
			case 'item':
				return [...span, block.ordinal, block.done, readAll(block.blocks)];
			case 'quote':
				return [...span, readAll(block.blocks)];
			case 'fence':
				return [...span, block.lang, block.content, block.fenced, block.closed];
			case 'table':
				return [...span, block.header.map(inline), block.rows.map((row) => [at(row.line), row.cells.map(inline)])];
			case 'html':
				return [...span, block.content];
			case 'rule':
				return span;
			default:
				return block satisfies never;
		}
	};
	const readAll = (all: readonly Block[]): unknown[] => all.filter((block) => !isComment(block)).map(read);
	return JSON.stringify(readAll(blocks));
}

/** HTML that is nothing but comments says nothing. */
function isComment(block: Block): boolean {
	return block.type === 'html' && block.content.replace(/<!--[\s\S]*?-->/g, '').replace(/[\s>]+/g, '') === '';
}
