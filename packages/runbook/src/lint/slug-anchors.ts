import type { LintContext } from './lint-context.ts';

/**
 * Every anchor that a link inside the document can go to: headings by GitHub's rule (lower case; letters, marks, digits, hyphens
 * and underscores stay, blanks become hyphens, the rest goes; `-1`, `-2` for repeats), `{#id}` and HTML `id` or `name`.
 */
export function listAnchors(context: LintContext): ReadonlySet<string> {
	const anchors = new Set<string>(['top']);
	const counts = new Map<string, number>();
	for (const heading of context.headings) {
		const base = slugHeading(heading.content.map((line) => line.text).join(' '));
		const count = counts.get(base) ?? 0;
		anchors.add(count === 0 ? base : `${base}-${count}`);
		counts.set(base, count + 1);
	}
	for (const [index, raw] of context.lines.entries()) {
		if (context.code.has(index + 1)) continue;
		for (const found of raw.matchAll(/\{#([\w-]+)\}|<[a-z][\w-]*\b[^>]*\b(?:id|name)\s*=\s*["']?([^\s"'>]+)/gi))
			anchors.add((found[1] ?? found[2] ?? '').toLowerCase());
	}
	return anchors;
}

/** The anchor that GitHub gives a heading, before repeats are counted. */
export function slugHeading(text: string): string {
	return text
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
		.replaceAll(' ', '-');
}
