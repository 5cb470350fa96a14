/** Adds all items at the end of a list. A call with spread arguments fails where there are some hundred thousand of them. */
export function append<Item>(list: Item[], items: Iterable<Item>): void {
	for (const item of items) list.push(item);
}
