import { type Anchor, findInsertion } from './anchor.ts';
import type { RawLine } from './raw-lines.ts';

/** Comments to be put at one place of a document. */
export interface Edit {
	readonly place: 'end-of-line' | 'above-fence';
	/** Line they belong to: of a fence its opening line. */
	readonly line: number;
	readonly comments: readonly string[];
	/** 0 is the usual way; the next ones are taken where that would change how the document reads. */
	readonly variant: number;
}

/** How many ways there are to write an edit before it is given up. */
export const variantCount = 3;

export interface Edited {
	readonly lines: readonly RawLine[];
	/** For each line, the number of the line of the original that it stands for. */
	readonly origins: readonly number[];
}

/** Puts the comments of all edits into a copy of the lines; each line is edited at most once. */
export function applyEdits(lines: readonly RawLine[], edits: readonly Edit[], anchors: ReadonlyMap<number, Anchor>): Edited {
	const byLine = new Map<number, Edit[]>();
	for (const edit of edits) {
		const target = targetOf(edit, anchors);
		const there = byLine.get(target);
		if (there === undefined) byLine.set(target, [edit]);
		else there.push(edit);
	}
	const end = lines.find((line) => line.end !== '')?.end ?? '\n';
	const out: RawLine[] = [];
	const origins: number[] = [];
	lines.forEach((raw, index) => {
		const line = index + 1;
		let made: readonly RawLine[] = [raw];
		for (const edit of byLine.get(line) ?? [])
			made = edit.place === 'above-fence' ? writeAbove(raw, edit, end) : [appendTo(made[0] ?? raw, edit, line, anchors)];
		for (const part of made) {
			out.push(part);
			origins.push(line);
		}
	});
	return { lines: out, origins };
}

/** The last variant goes to the end of the paragraph, where a code span or link that runs over the line's end is closed. */
function targetOf(edit: Edit, anchors: ReadonlyMap<number, Anchor>): number {
	return edit.place === 'end-of-line' && edit.variant === 2 ? (anchors.get(edit.line)?.endLine ?? edit.line) : edit.line;
}

function appendTo(raw: RawLine, edit: Edit, line: number, anchors: ReadonlyMap<number, Anchor>): RawLine {
	const anchor = anchors.get(line);
	if (anchor === undefined) return raw;
	const attributes = edit.variant === 1 ? /[ \t]*\{[^{}]*\}[ \t]*$/.exec(raw.text) : null;
	const at = attributes?.index ?? findInsertion(raw.text, line, anchor);
	return { text: `${raw.text.slice(0, at)} ${edit.comments.join(' ')}${raw.text.slice(at)}`, end: raw.end };
}

/**
 * A comment a line, at the fence's indentation and inside its quotes (rule W5). Where the fence opens a list item, the
 * comments take its place behind the marker and the fence moves to the next line.
 */
function writeAbove(raw: RawLine, edit: Edit, end: string): readonly RawLine[] {
	const lead = leadOfFence(raw.text);
	if (lead === null) return [raw];
	const pad = padFor(lead);
	const written =
		lead === pad ? edit.comments.map((comment) => ({ text: lead + comment, end })) : [{ text: lead + edit.comments.join(' '), end }];
	return [...written, { text: pad + raw.text.slice(lead.length), end: raw.end }];
}

/** What stands before the marks of an opening fence: white space, quote marks, list markers. */
export function leadOfFence(text: string): string | null {
	return /^((?:[\s>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*)(?:`{3,}|~{3,})/.exec(text)?.[1] ?? null;
}

/** The same columns on the lines that follow: list markers become blanks, quote marks stay. */
export function padFor(lead: string): string {
	return lead.replace(/[^\s>]/g, ' ');
}
