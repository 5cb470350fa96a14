import type { Block, ItemBlock } from './blocks.ts';

/** Blocks without HTML that is nothing but comments: what a comment stands between stays neighbours (rule S6). */
export function dropComments(blocks: readonly Block[]): Block[] {
	return blocks.flatMap((block): Block[] => {
		if (block.type === 'html') return block.content.replace(/<!--[\s\S]*?-->/g, '').trim() === '' ? [] : [block];
		if (block.type === 'list')
			return [{ ...block, items: block.items.map((item): ItemBlock => ({ ...item, blocks: dropComments(item.blocks) })) }];
		if (block.type === 'quote') return [{ ...block, blocks: dropComments(block.blocks) }];
		return [block];
	});
}
