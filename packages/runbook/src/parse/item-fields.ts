import type { ItemBlock, ListBlock } from './blocks.ts';
import type { InlineLine } from './inline.ts';
import { type Role, recogniseRole } from './words.ts';

/** A list item that opens with the name of a field: `Detect: readiness fails`. */
export interface ItemField {
	readonly role: Role;
	readonly item: ItemBlock;
	readonly line: InlineLine;
	/** What stands after the name. */
	readonly value: string;
}

const opening = /^(\p{Lu}[\p{L} -]{2,24}?)\s*[:：]\s*(.*)$/u;

/** The items of a list that open with a field's name, when most do (rule I8); else none. */
export function readItemFields(list: ListBlock): readonly ItemField[] {
	if (list.items.length < 3) return [];
	const fields = list.items.flatMap((item): readonly ItemField[] => {
		const first = item.blocks[0];
		const line = first?.type === 'paragraph' ? first.content[0] : undefined;
		if (line === undefined || item.done !== null) return [];
		const name = line.lead !== null && line.leadColon ? line.lead : (opening.exec(line.text)?.[1] ?? null);
		if (name === null) return [];
		const value = line.lead !== null && line.leadColon ? line.rest : (opening.exec(line.text)?.[2] ?? '');
		return [{ role: recogniseRole(name), item, line, value }];
	});
	const known = fields.filter((field) => field.role !== 'none');
	return known.length >= 3 && known.length * 2 > list.items.length ? known : [];
}
