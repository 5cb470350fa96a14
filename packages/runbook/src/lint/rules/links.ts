import { hintForName } from '../../nearest-name.ts';
import type { LintFinding } from '../finding.ts';
import { columnOf, type LintContext, withoutComments } from '../lint-context.ts';
import { listAnchors } from '../slug-anchors.ts';

/** LN3: a link to a heading that does not exist. */
export function findDeadAnchors(context: LintContext): readonly LintFinding[] {
	const anchors = listAnchors(context);
	return context.prose.flatMap((line) =>
		line.links
			.filter(({ url }, index, links) => links.findIndex((other) => other.url === url) === index)
			.filter(({ url }) => url.length > 1 && url.startsWith('#') && !anchors.has(decode(url.slice(1)).toLowerCase()))
			.map(({ url }): LintFinding => {
				const name = decode(url.slice(1));
				return {
					rule: 'LN3',
					severity: 'warning',
					line: line.line,
					column: columnOf(context, line.line, url),
					message: `#${name}: no heading of this document has that anchor`,
					hint: hintForName(name, [...anchors]),
				};
			}),
	);
}

/** LN4: `[text][label]` without a definition of the label. */
export function findUndefinedReferences(context: LintContext): readonly LintFinding[] {
	const defined = new Set<string>();
	for (const [index, raw] of context.lines.entries()) {
		const label = context.code.has(index + 1) ? undefined : /^[\s>]{0,6}\[([^\]^]+)\]:\s*\S/.exec(raw)?.[1];
		if (label !== undefined) defined.add(normalise(label));
	}
	return context.lines.flatMap((raw, index) => {
		if (context.code.has(index + 1) || !raw.includes('][')) return [];
		const bare = withoutComments(raw).replace(/(`+)(?:(?!\1)[\s\S])*\1/g, (code) => ' '.repeat(code.length));
		return [...bare.matchAll(/(?<![\w\]\\])\[([^[\]\n]+)\]\[([^[\]\n]*)\]/g)].flatMap((found): LintFinding[] => {
			const label = found[2] === '' ? (found[1] ?? '') : (found[2] ?? '');
			if (defined.has(normalise(label))) return [];
			return [
				{
					rule: 'LN4',
					severity: 'warning',
					line: index + 1,
					column: found.index + 1,
					message: `[${label}]: this reference is defined nowhere, so the link shows as plain text`,
					hint: `Add a line "[${label}]: https://…" to the document.`,
				},
			];
		});
	});
}

function normalise(label: string): string {
	return label.trim().replace(/\s+/g, ' ').toLowerCase();
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
