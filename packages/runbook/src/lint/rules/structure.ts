import type { LintFinding } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** LN5: two sections of one parent with the same title. */
export function findDuplicateTitles(context: LintContext): readonly LintFinding[] {
	const findings: LintFinding[] = [];
	const path: { readonly level: number; readonly titles: Map<string, number> }[] = [{ level: 0, titles: new Map() }];
	for (const heading of context.headings) {
		while ((path.at(-1)?.level ?? 0) >= heading.level) path.pop();
		const text = heading.content.map((line) => line.text).join(' ');
		const titles = path.at(-1)?.titles;
		const first = titles?.get(text.toLowerCase());
		if (first === undefined) titles?.set(text.toLowerCase(), heading.line);
		else {
			findings.push({
				rule: 'LN5',
				severity: 'warning',
				line: heading.line,
				column: 1,
				message: `"${text}" stands twice in the same section, first at line ${first}`,
				hint: 'Give them different titles: links and people can not tell them apart.',
			});
		}
		path.push({ level: heading.level, titles: new Map() });
	}
	return findings;
}

/** LN11: a heading with nothing below it before the next of its level or a higher one. */
export function findEmptySections(context: LintContext): readonly LintFinding[] {
	return context.headings.flatMap((heading, index): LintFinding[] => {
		const next = context.headings[index + 1];
		const end = next?.line ?? context.lines.length + 1;
		if (next !== undefined && next.level > heading.level) return [];
		for (let line = heading.endLine + 1; line < end; line++) {
			const raw = (context.lines[line - 1] ?? '').replace(/<!--[\s\S]*?-->/g, '').trim();
			if (raw !== '' && !/^(?:[-*_]\s*){3,}$/.test(raw)) return [];
		}
		const text = heading.content.map((line) => line.text).join(' ');
		return [
			{
				rule: 'LN11',
				severity: 'warning',
				line: heading.line,
				column: 1,
				message: `"${text}" has nothing below it`,
				hint: 'Write the section, or take the heading out.',
			},
		];
	});
}
