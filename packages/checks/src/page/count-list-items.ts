/**
 * How many items the largest list of a page holds. Items are counted per parent and kind, and the largest such group is the
 * figure: several short lists do not add up to one long one. Navigation, page head, page foot and asides do not count, so
 * that their links do not stand in for an empty list; nor do rows of a table's head and foot, nor what is hidden.
 */

const aroundContent = new Set(['nav', 'header', 'footer', 'aside']);

export interface ListCounter {
	/**
	 * @param open names of the open elements, the one just opened last.
	 * @param role its `role` attribute; null where it is hidden.
	 */
	enter(open: readonly string[], role: string | null | undefined): void;
	/** Elements from this depth (0-based) on are closed. */
	leave(depth: number): void;
	largest(): number;
}

export function countListItems(): ListCounter {
	/** Counts by kind of the children of each open element, by depth; the page itself stands at 0. */
	const groups: (Map<string, number> | undefined)[] = [];
	let largest = 0;
	/** Depth of the outermost open element that is not content. */
	let outsideFrom: number | null = null;
	return {
		enter: (open, role) => {
			const depth = open.length - 1;
			if (aroundContent.has(open[depth] ?? '')) outsideFrom ??= depth;
			const kind = role === null || outsideFrom !== null ? null : nameItem(open, role ?? '');
			if (kind === null) return;
			const group = groups[depth] ?? new Map<string, number>();
			groups[depth] = group;
			const count = (group.get(kind) ?? 0) + 1;
			group.set(kind, count);
			largest = Math.max(largest, count);
		},
		leave: (depth) => {
			if (outsideFrom !== null && depth <= outsideFrom) outsideFrom = null;
			if (groups.length > depth + 1) groups.length = depth + 1;
		},
		largest: () => largest,
	};
}

/** @returns the kind of item that the innermost open element is, or null. */
function nameItem(open: readonly string[], role: string): string | null {
	const name = open.at(-1) ?? '';
	const parent = open.at(-2);
	if (role.trim().toLowerCase() === 'listitem') return 'listitem';
	if (name === 'li' || name === 'article') return name;
	// Without a tbody in the source browsers add one around the rows.
	return name === 'tr' && (parent === 'tbody' || parent === 'table') ? name : null;
}
