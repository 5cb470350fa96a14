import type { Owner, OwnerKind } from '../model.ts';
import type { Block } from './blocks.ts';
import type { Draft } from './draft.ts';
import type { SectionNode } from './sections.ts';
import type { Source } from './source.ts';

/** Gives every line that nothing claimed to the block it stands in: rule L1, each non-blank line belongs to exactly one node. */
export function settleOwners(
	draft: Draft,
	root: SectionNode,
	source: Source,
): { readonly owners: readonly Owner[]; readonly unowned: readonly number[] } {
	if (source.frontMatterLines > 0) draft.claim(1, source.frontMatterLines, 'meta', 'front-matter');
	settleSection(draft, root);
	const owners: { line: number; endLine: number; kind: OwnerKind; address: string }[] = [];
	const unowned: number[] = [];
	let sectionAt = '';
	for (let line = 1; line <= source.raw.length; line++) {
		const text = source.raw[line - 1] ?? '';
		if (text.trim() === '') continue;
		let owner = draft.ownerAt(line);
		if (owner === undefined) {
			const kind: OwnerKind = /^\s{0,3}\[[^\]]+\]:\s*\S/.test(text) ? 'definition' : /^\s*<!--|-->\s*$/.test(text) ? 'comment' : 'prose';
			draft.claim(line, line, kind, sectionAt);
			owner = draft.ownerAt(line);
		}
		if (owner === undefined) {
			unowned.push(line);
			continue;
		}
		if (owner.kind === 'heading') sectionAt = owner.address;
		const last = owners.at(-1);
		if (last !== undefined && last.kind === owner.kind && last.address === owner.address) last.endLine = line;
		else owners.push({ line, endLine: line, kind: owner.kind, address: owner.address });
	}
	return { owners, unowned };
}

function settleSection(draft: Draft, section: SectionNode): void {
	if (section.heading !== null) draft.claim(section.line, section.heading.endLine, 'heading', section.address);
	settleBlocks(draft, section.blocks, section.address);
	for (const child of section.children) settleSection(draft, child);
}

function settleBlocks(draft: Draft, blocks: readonly Block[], address: string, words: 'prose' | 'callout' = 'prose'): void {
	for (const block of blocks) {
		switch (block.type) {
			case 'fence':
				draft.registerFence(block, address);
				break;
			case 'list':
				settleBlocks(draft, block.items, address, words);
				break;
			case 'item':
				settleBlocks(draft, block.blocks, address, words);
				draft.claim(block.line, block.endLine, words, address);
				break;
			case 'quote':
				settleBlocks(draft, block.blocks, address, 'callout');
				draft.claim(block.line, block.endLine, 'callout', address);
				break;
			case 'table':
				draft.claim(block.line, block.endLine, 'table', address);
				break;
			case 'html':
				draft.claim(block.line, block.endLine, /^\s*<!--/.test(block.content) ? 'comment' : 'prose', address);
				break;
			case 'rule':
				draft.claim(block.line, block.endLine, 'rule', address);
				break;
			case 'heading':
			case 'paragraph':
				draft.claim(block.line, block.endLine, words, address);
				break;
			default:
				block satisfies never;
		}
	}
}
