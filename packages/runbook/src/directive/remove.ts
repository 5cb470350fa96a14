import type { Comment } from '../model.ts';
import { leadOfFence, padFor } from './edit.ts';
import { scanComments } from './find-comments.ts';
import { readDirective } from './grammar.ts';
import { cutLines, joinLines, type RawLine } from './raw-lines.ts';

/**
 * Takes every well-formed directive out of a document (rules W7 and W8). What `writeBindings` wrote comes out with the
 * bytes it came with, so that the original is back; directives inside code and ordinary comments stay.
 */
export function removeBindings(text: string): string {
	const { mark, lines } = cutLines(text);
	const directives = scanComments(text, lines).comments.filter((comment) => readDirective(comment).kind === 'directive');
	if (directives.length === 0) return text;
	const out: (RawLine | null)[] = [...lines];
	// From the end, so that what stands before keeps its columns.
	for (const comment of directives.toReversed()) {
		if (comment.alone) for (let line = comment.line; line <= comment.endLine; line++) out[line - 1] = null;
		else if (!joinMarkerToFence(out, comment)) cutOut(out, comment);
	}
	return joinLines(
		mark,
		out.filter((line): line is RawLine => line !== null),
	);
}

/** `- <!-- … -->` and the fence below it become the item that begins with the fence. */
function joinMarkerToFence(out: (RawLine | null)[], comment: Comment): boolean {
	const raw = out[comment.line - 1];
	if (raw === null || raw === undefined || comment.line !== comment.endLine) return false;
	const lead = raw.text.slice(0, comment.column - 1);
	const rest = raw.text.slice(comment.column - 1);
	if (!/^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+[\s>]*)+$/.test(lead) || !/^<!--(?:(?!-->)[\s\S])*-->$/.test(rest)) return false;
	const nextAt = out.findIndex((line, index) => index >= comment.line && line !== null);
	const next = nextAt < 0 ? null : out[nextAt];
	const pad = padFor(lead);
	if (next === null || next === undefined || !next.text.startsWith(pad) || leadOfFence(next.text) !== pad) return false;
	out[comment.line - 1] = null;
	out[nextAt] = { text: lead + next.text.slice(pad.length), end: next.end };
	return true;
}

/** Takes a comment and the one space before it out of its line. */
function cutOut(out: (RawLine | null)[], comment: Comment): void {
	const first = out[comment.line - 1];
	const last = out[comment.endLine - 1];
	if (first === null || first === undefined || last === null || last === undefined) return;
	const before = first.text.slice(0, comment.column - 1);
	const from = comment.line === comment.endLine ? comment.column - 1 : 0;
	const close = last.text.indexOf('-->', from);
	if (close < 0) return;
	out[comment.line - 1] = { text: (before.endsWith(' ') ? before.slice(0, -1) : before) + last.text.slice(close + 3), end: last.end };
	for (let line = comment.line + 1; line <= comment.endLine; line++) out[line - 1] = null;
}
