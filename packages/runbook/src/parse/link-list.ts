import type { ListBlock } from './blocks.ts';
import { itemLines } from './step.ts';

/** At least 80 % of the items are nothing but a link. */
export function isLinkList(list: ListBlock): boolean {
	const links = list.items.filter((item) => {
		const line = itemLines(item)[0];
		return line !== undefined && line.links.length > 0 && line.links.some((link) => link.label === line.text || link.url === line.text);
	});
	return list.items.length > 0 && links.length >= list.items.length * 0.8;
}
