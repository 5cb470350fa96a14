import { readThreshold } from '../command.ts';
import type { Checklist, ChecklistItem } from '../model.ts';
import type { Block, ItemBlock, ListBlock } from './blocks.ts';
import type { Draft } from './draft.ts';
import { isTaskList } from './procedures.ts';
import type { SectionNode } from './sections.ts';
import { itemText } from './step.ts';
import { readPeriod } from './words.ts';

export interface ChecklistContext {
	readonly title: string;
	readonly line: number;
	readonly address: string;
	/** Titles from the nearest heading up to the root. */
	readonly titles: readonly string[];
	readonly monitoring: boolean;
	readonly recurring: boolean;
}

/** Reads the checklists of a group: task lists anywhere, plain bullets only below a period or a monitoring checklist. Returns the lists taken. */
export function readChecklists(draft: Draft, blocks: readonly Block[], context: ChecklistContext): readonly Block[] {
	const lists = blocks.filter((block): block is ListBlock => block.type === 'list');
	const own = readPeriod(context.title) ?? readPeriod(context.titles[0] ?? '');
	// A period reaches one heading down, and not into a heading that names a procedure (rule Q2).
	const below = /\b(?:procedures?|steps|process|how to|verification)\b/i.test(context.title) ? null : readPeriod(context.titles[1] ?? '');
	const period = own ?? below;
	const recurring = context.recurring && period !== null;
	const plainCounts = recurring || (context.monitoring && context.titles.some((title) => /checklist/i.test(title)));
	const taken = lists.filter((list) => isTaskList(list) || plainCounts);
	if (taken.length === 0) return [];
	const address = draft.addresses.give(context.address, 'checklist');
	const items = taken.flatMap((list) => list.items.flatMap((item) => readItems(draft, item, address)));
	if (items.length === 0) return [];
	const checklist: Checklist = {
		address,
		line: context.line,
		endLine: taken.reduce((end, list) => Math.max(end, list.endLine), context.line),
		title: context.title,
		kind: recurring ? 'recurring' : context.monitoring ? 'monitoring' : 'other',
		period: recurring ? period : null,
		items,
	};
	draft.checklists.push(checklist);
	return taken;
}

/** Enters the task items that no checklist took: those of steps, fields and quotes (rule Q3: every box outside code counts). */
export function sweepTasks(draft: Draft, section: SectionNode): void {
	const items = findTaskItems(section.blocks).filter((item) => !draft.hasTask(item.line));
	const first = items[0];
	const last = items.at(-1);
	if (first !== undefined && last !== undefined) {
		const address = draft.addresses.give(section.address, 'checklist');
		draft.checklists.push({
			address,
			line: section.heading === null ? first.line : section.line,
			endLine: last.endLine,
			title: section.title.title,
			kind: 'other',
			period: null,
			items: items.map((item) => readOwnItem(draft, item, address)),
		});
	}
	for (const child of section.children) sweepTasks(draft, child);
}

function findTaskItems(blocks: readonly Block[]): readonly ItemBlock[] {
	return blocks.flatMap((block): readonly ItemBlock[] => {
		if (block.type === 'list') return findTaskItems(block.items);
		if (block.type === 'quote') return findTaskItems(block.blocks);
		if (block.type !== 'item') return [];
		return block.done === null ? findTaskItems(block.blocks) : [block, ...findTaskItems(block.blocks)];
	});
}

/** An item and the task items below it. */
function readItems(draft: Draft, item: ItemBlock, parent: string): readonly ChecklistItem[] {
	const own = readOwnItem(draft, item, parent);
	const address = own.address;
	const nested = item.blocks.flatMap((block) =>
		block.type === 'list' && isTaskList(block) ? block.items.flatMap((inner) => readItems(draft, inner, address)) : [],
	);
	draft.claimBlocks(item.blocks.slice(1), 'item', address);
	return [own, ...nested];
}

function readOwnItem(draft: Draft, item: ItemBlock, parent: string): ChecklistItem {
	const text = itemText(item);
	const address = draft.addresses.give(parent, text);
	const first = item.blocks[0];
	const ownEnd = first?.type === 'paragraph' ? first.endLine : item.line;
	draft.claim(item.line, ownEnd, 'item', address);
	if (item.done !== null) draft.noteTask(item.line);
	const threshold = readThreshold(text);
	return {
		address,
		line: item.line,
		endLine: item.endLine,
		text,
		done: item.done,
		bindings: draft.bindingsAt(item.line, ownEnd),
		...(threshold === null ? {} : { threshold }),
	};
}
