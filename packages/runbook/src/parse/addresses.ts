/** Gives each node an address that its own words and its parents' decide, so that edits elsewhere leave it alone (rule A1). */
export class Addresses {
	readonly #taken = new Map<string, number>();

	/** `parent/slug-of-words`, with `~2` for the second of that name under the same parent. */
	give(parent: string, words: string): string {
		const base = parent === '' ? slugOf(words) : `${parent}/${slugOf(words)}`;
		const count = (this.#taken.get(base) ?? 0) + 1;
		this.#taken.set(base, count);
		return count === 1 ? base : `${base}~${count}`;
	}
}

const longest = 60;

/** Lower-case letters and digits of any script joined by hyphens, at most 60 characters; `-` when nothing is left. */
export function slugOf(words: string): string {
	let slug = (/[^\x20-\x7e]/.test(words) ? words.normalize('NFC') : words).toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
	if (slug.length > longest)
		slug = Array.from(slug.slice(0, longest * 2))
			.slice(0, longest)
			.join('');
	const cut = slug.replace(/^-|-$/g, '');
	return cut === '' ? '-' : cut;
}
