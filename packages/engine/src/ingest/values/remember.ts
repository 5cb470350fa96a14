/**
 * Remembers what a pure function gave, for texts that come again and again. Holds at most `max` of them: when it is full it begins anew, because a stranger may
 * send texts that never come again.
 */
export function remember<T>(find: (text: string) => T, max: number): (text: string) => T {
	const known = new Map<string, T>();
	return (text) => {
		const held = known.get(text);
		if (held !== undefined) return held;
		const found = find(text);
		if (known.size >= max) known.clear();
		known.set(text, found);
		return found;
	};
}
