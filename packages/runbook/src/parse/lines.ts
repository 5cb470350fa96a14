import type { Line } from '../model.ts';
import { append } from './append.ts';
import type { Block } from './blocks.ts';
import type { Draft } from './draft.ts';
import type { Label } from './sections.ts';
import { itemText, joinText } from './step.ts';

/** Reads lists and paragraphs as plain lines (symptoms, causes, criteria): items one each, a paragraph one. */
export function readLines(
	draft: Draft,
	blocks: readonly Block[],
	kind: 'symptom' | 'cause' | 'line',
	parent: string,
	label: Label | null = null,
): readonly Line[] {
	const lines: Line[] = [];
	if (label?.value !== null && label?.value !== undefined) {
		const words = label.value.rest;
		const address = draft.addresses.give(parent, words);
		draft.claim(label.line, label.line, kind, address);
		lines.push({ address, line: label.line, endLine: label.line, text: words, bindings: draft.bindingsAt(label.line, label.line) });
	}
	for (const block of blocks) {
		if (block.type === 'list') {
			for (const item of block.items) {
				const text = itemText(item);
				if (text === '') continue;
				const address = draft.addresses.give(parent, text);
				const first = item.blocks[0];
				const ownEnd = first?.endLine ?? item.line;
				lines.push({ address, line: item.line, endLine: item.endLine, text, bindings: draft.bindingsAt(item.line, ownEnd) });
				draft.claim(item.line, ownEnd, kind, address);
				draft.claimBlocks(item.blocks.slice(1), kind, address);
			}
		} else if (block.type === 'paragraph') {
			const text = joinText(block.content);
			if (text === '') continue;
			const address = draft.addresses.give(parent, text);
			draft.claim(block.line, block.endLine, kind, address);
			lines.push({ address, line: block.line, endLine: block.endLine, text, bindings: draft.bindingsAt(block.line, block.endLine) });
		} else if (block.type === 'quote') append(lines, readLines(draft, block.blocks, kind, parent));
	}
	return lines;
}
