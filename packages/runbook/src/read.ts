import type { Problem, ReadResult, Section } from './model.ts';
import { readBlocks } from './parse/blocks.ts';
import { collectComments, readDeclared } from './parse/comments.ts';
import { Draft } from './parse/draft.ts';
import { dropComments } from './parse/drop-comments.ts';
import { interpret } from './parse/interpret.ts';
import { settleOwners } from './parse/owners.ts';
import { buildSections, type SectionNode } from './parse/sections.ts';
import { prepareSource } from './parse/source.ts';

/**
 * Reads a Markdown runbook. Any text loads: a document without any structure comes out as prose.
 *
 * @param input the document's text, or its bytes (UTF-8, with or without a byte order mark)
 * @returns the model and warnings (front matter, unclosed fences, directives that can't be read), or the problems
 *   that make it no text at all (not UTF-8, NUL characters: a binary file)
 */
export function readRunbook(input: string | Uint8Array): ReadResult {
	const text = typeof input === 'string' ? input : decode(input);
	if (text === null || text.includes('\u0000')) return { ok: false, problems: [binary] };
	const source = prepareSource(text);
	const tree = readBlocks(source.lines);
	const root = buildSections(dropComments(tree.blocks), source.raw.length);
	const comments = collectComments(tree.blocks, source.raw);
	const declared = readDeclared(comments, tree.blocks);
	const draft = new Draft(source.raw.length, declared.byLine);
	for (const comment of comments) if (comment.alone) draft.claim(comment.line, comment.endLine, 'comment', '');
	interpret(draft, root);
	const { owners, unowned } = settleOwners(draft, root, source);
	const sections = listSections(root);
	const procedures = draft.procedures;
	return {
		ok: true,
		warnings: [...source.warnings, ...tree.warnings, ...declared.problems],
		runbook: {
			title: titleOf(root, source.meta),
			meta: { ...source.meta, ...draft.meta },
			sections,
			issues: byLine(draft.issues),
			procedures: byLine(procedures),
			checklists: byLine(draft.checklists),
			contacts: byLine(draft.contacts),
			fences: byLine(draft.fences),
			commands: byLine(draft.commands),
			urls: byLine(draft.urls),
			rollback: draft.rollback || procedures.some((procedure) => procedure.role === 'rollback' && procedure.steps.length > 0),
			inert: byLine(draft.inert),
			comments,
			owners,
			unowned,
			lineCount: source.raw.length,
		},
	};
}

/** Of the web platform, in every runtime; declared here because this package knows neither Node's types nor the browser's. */
declare const TextDecoder: new (
	label: string,
	options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const binary: Problem = {
	rule: 'S0',
	line: 1,
	column: 1,
	message: 'expected a Markdown text in UTF-8, got something that is not text',
	hint: 'give the Markdown file itself; save it as UTF-8 if another encoding was used',
};

function decode(bytes: Uint8Array): string | null {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return null;
	}
}

function titleOf(root: SectionNode, meta: Readonly<Record<string, string>>): string {
	const first = root.children.find((child) => child.level === 1) ?? null;
	const written = first?.title.title ?? '';
	if (written !== '' && !/^<%|^\{\{/.test(first?.rawTitle ?? '')) return first?.rawTitle ?? written;
	return meta.title ?? root.children[0]?.rawTitle ?? '';
}

function byLine<Node extends { readonly line: number }>(nodes: readonly Node[]): readonly Node[] {
	return [...nodes].sort((a, b) => a.line - b.line);
}

function listSections(section: SectionNode): readonly Section[] {
	const own: Section[] =
		section.heading === null
			? []
			: [
					{
						address: section.address,
						line: section.line,
						endLine: section.endLine,
						title: section.title.title,
						level: section.level,
						role: section.role,
						attributes: Object.fromEntries(
							Object.entries({
								ordinal: section.title.ordinal,
								counter: section.title.counter,
								prefix: section.title.prefix,
								severity: section.title.severity,
								budget: section.title.budget,
							}).filter(([, value]) => value !== ''),
						),
					},
				];
	return [...own, ...section.children.flatMap(listSections)];
}
