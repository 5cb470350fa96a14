import type { Block } from '../parse/blocks.ts';

/** The block that a line of prose belongs to, as far as writing at its end depends on it. */
export interface Anchor {
	readonly kind: 'table' | 'heading' | 'text';
	/** Last line of the paragraph, heading or row. */
	readonly endLine: number;
	/** Of a row: how many cells its table has; what a row has beyond them is not shown. */
	readonly cellCount?: number;
}

/** What each line of prose belongs to; lines of code, rules and raw HTML are not in it. */
export function indexAnchors(blocks: readonly Block[], anchors: Map<number, Anchor> = new Map()): ReadonlyMap<number, Anchor> {
	for (const block of blocks) {
		if (block.type === 'list') indexAnchors(block.items, anchors);
		else if (block.type === 'item' || block.type === 'quote') indexAnchors(block.blocks, anchors);
		else if (block.type === 'table') {
			for (const row of block.rows) anchors.set(row.line, { kind: 'table', endLine: row.line, cellCount: block.header.length });
		} else if (block.type === 'heading') anchors.set(block.line, { kind: 'heading', endLine: block.line });
		else if (block.type === 'paragraph') {
			for (let line = block.line; line <= block.endLine; line++) anchors.set(line, { kind: 'text', endLine: block.endLine });
		}
	}
	return anchors;
}

/** Offset at which a comment is put into a line (rules W1 to W4). */
export function findInsertion(text: string, line: number, anchor: Anchor): number {
	if (anchor.kind === 'table') {
		const end = findCellEnd(text, anchor.cellCount ?? 0);
		if (end !== null) return end;
	}
	if (anchor.kind === 'heading' && /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}[ \t]/.test(text)) {
		const closing = /[ \t]+#+[ \t]*$/.exec(text);
		if (closing !== null) return closing.index;
	}
	const hardBreak = line < anchor.endLine ? /(?<!\\)(?:\\\\)*(\\)$/.exec(text) : null;
	if (hardBreak !== null) return text.slice(0, -1).trimEnd().length;
	return text.length - (/[ \t]*$/.exec(text)?.[0].length ?? 0);
}

/** Where the content of a row's last shown cell ends; null when no pipe closes it. */
function findCellEnd(text: string, cellCount: number): number | null {
	const lead = /^[\s>]*\|?/.exec(text)?.[0].length ?? 0;
	const pipes = [...text.slice(lead).matchAll(/(?<!\\)\|/g)].map((found) => lead + found.index);
	const pipe = pipes[cellCount - 1] ?? (/\|[ \t]*$/.test(text) ? pipes.at(-1) : undefined);
	return pipe === undefined ? null : text.slice(0, pipe).trimEnd().length;
}
