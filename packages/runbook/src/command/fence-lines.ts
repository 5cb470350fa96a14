import { changesSomething } from './effect.ts';
import { looksLikeSql } from './hazard/sql-statement.ts';
import { classifyCommand } from './judge-script.ts';
import { commandShape, isAssignment, opensBlock, type Shape, shapeOf } from './line-shape.ts';
import { type Prompted, takePrompt } from './prompt.ts';
import { tokenize } from './tokenize.ts';

/** One thing that a fence holds; `line` counts from 0. */
export type FenceLine =
	| { readonly kind: 'comment'; readonly text: string; readonly line: number; readonly trailing: boolean }
	| { readonly kind: 'command'; readonly source: string; readonly line: number; readonly prompted: boolean }
	| { readonly kind: 'assignment'; readonly source: string; readonly line: number }
	| { readonly kind: 'sql'; readonly source: string; readonly line: number }
	| { readonly kind: 'redis'; readonly source: string; readonly line: number }
	| { readonly kind: 'output'; readonly text: string; readonly line: number; readonly shape: Shape | null };

/** A block that does not end within so many lines is taken for a broken one. */
const longestBlock = 200;

/** After so many quotes and blocks without an end, a fence is read line by line: it bounds the work on text that is no shell. */
const patience = 12;

/**
 * Splits the content of a fence into comments, logical lines of shell, settings, SQL and output (rules X2 to X8).
 * A logical line goes on over `\`, open quotes, heredocs and blocks; in a fence with prompts, lines without one are output.
 */
export function splitFence(content: string, tagged: boolean, consoleTag: boolean): readonly FenceLine[] {
	const lines = content.split('\n').map((line) => line.replace(/\r$/, ''));
	const starts: number[] = [];
	let offset = 0;
	for (const line of content.split('\n')) {
		starts.push(offset);
		offset += line.length + 1;
	}
	const prompts = lines.map((line) => takePrompt(line, consoleTag));
	const hasPrompts = prompts.some(
		(prompt) => prompt !== null && (prompt.client !== 'shell' || commandShape(prompt.text, true) !== null || isAssignment(prompt.text)),
	);
	const found: FenceLine[] = [];
	const broken = { count: 0 };
	let at = 0;
	while (at < lines.length) {
		const line = lines[at] as string;
		const prompt = hasPrompts ? (prompts[at] ?? null) : null;
		if (line.trim() === '') at += 1;
		else if (/^\s*(?:#(?!!)|\/\/|REM\s|::\s)/.test(line)) {
			found.push({ kind: 'comment', text: line.replace(/^\s*(?:#+|\/\/+|REM\s|::\s)\s?/, '').trim(), line: at, trailing: false });
			at += 1;
		} else if (/^\s*#!/.test(line)) at += 1;
		else if (hasPrompts && prompt === null) at = readUnprompted(found, lines, at);
		else if (prompt !== null && prompt.client !== 'shell') at = readClient(found, prompt, lines, at);
		else
			at = readTyped(found, {
				content,
				lines,
				starts,
				at,
				skip: prompt?.width ?? 0,
				tagged: tagged || prompt !== null,
				prompted: prompt !== null,
				broken,
			});
	}
	return found;
}

/** Output of a transcript; a line that would change something were it a command is kept as one, so that no hazard hides there. */
function readUnprompted(found: FenceLine[], lines: readonly string[], at: number): number {
	const line = lines[at] as string;
	const shape = shapeOf(line);
	if (shape === null && commandShape(line, false) === 'known') {
		const judgement = classifyCommand(line.trim().split(/\s+/));
		if (changesSomething(judgement.effect) && judgement.hazards.length > 0) {
			found.push({ kind: 'command', source: line.trim(), line: at, prompted: false });
			return at + 1;
		}
	}
	found.push({ kind: 'output', text: line, line: at, shape });
	return at + 1;
}

function readClient(found: FenceLine[], prompt: Prompted, lines: readonly string[], at: number): number {
	if (prompt.client === 'redis') found.push({ kind: 'redis', source: prompt.text.trim(), line: at });
	else if (prompt.client === 'sql') found.push({ kind: 'sql', source: prompt.text.trim(), line: at });
	else found.push({ kind: 'output', text: lines[at] as string, line: at, shape: 'code' });
	return at + 1;
}

interface Typed {
	readonly content: string;
	readonly lines: readonly string[];
	readonly starts: readonly number[];
	readonly at: number;
	/** Width of the prompt. */
	readonly skip: number;
	readonly tagged: boolean;
	readonly prompted: boolean;
	/** Quotes and blocks without an end so far. */
	readonly broken: { count: number };
}

function readTyped(found: FenceLine[], typed: Typed): number {
	const { lines, at, skip, tagged, prompted } = typed;
	const text = (lines[at] as string).slice(skip);
	if (isAssignment(text)) {
		found.push({ kind: 'assignment', source: text.trim(), line: at });
		return at + 1;
	}
	if (opensBlock(text) && typed.broken.count < patience) {
		const end = endOfBlock(typed);
		if (end === null) typed.broken.count += 1;
		if (end !== null && (!/^\s*[{(]\s*$/.test(text) || lines.slice(at + 1, end).some((line) => commandShape(line, false) !== null))) {
			found.push({
				kind: 'command',
				source: typed.content.slice((typed.starts[at] as number) + skip, endOfLineAt(typed, end)).trim(),
				line: at,
				prompted,
			});
			return end + 1;
		}
	}
	const shape = shapeOf(text);
	if (shape === 'sql' && !prompted) return readSql(found, lines, at);
	const command = commandShape(text, tagged);
	const shaped =
		shape !== null &&
		(shape !== 'config' || command === null) &&
		!(command === 'known' && (shape === 'diagram' || shape === 'code' || shape === 'table' || shape === 'config'));
	if (command === null ? !(tagged && isAssignedCommand(text)) : shaped && !(prompted && command !== null)) {
		found.push({ kind: 'output', text: lines[at] as string, line: at, shape: shape ?? null });
		return at + 1;
	}
	return readLogicalLine(found, typed);
}

/** `NAME=$(kubectl get …)`: an assignment that runs something. */
function isAssignedCommand(text: string): boolean {
	return /^\s*(?:export\s+)?[A-Za-z_]\w*="?(?:\$\(|`)/.test(text);
}

function readLogicalLine(found: FenceLine[], typed: Typed): number {
	const { content, starts, at, skip, prompted } = typed;
	const from = (starts[at] as number) + skip;
	const patient = typed.broken.count < patience;
	const lexed = patient
		? tokenize(content, from, { line: true })
		: tokenize(content.slice(0, endOfLineAt(typed, at)), from, { line: true });
	if (lexed.unclosed !== null) typed.broken.count += 1;
	// What is never closed is taken line by line: the rest of the fence may be sound.
	const end = lexed.unclosed === null ? lexed.end : Math.min(endOfLineAt(typed, at) + 1, content.length);
	const last = lineAt(starts, Math.max(from, end - 1), at);
	const comment = lexed.unclosed === null ? lexed.tokens.find((token) => token.kind === 'comment') : undefined;
	const heredoc = lexed.tokens.some((token) => token.kind === 'redirection' && token.body !== null);
	const stop = comment !== undefined && !heredoc ? comment.start : end;
	const source = withoutContinuedPrompts(content.slice(from, stop).trim(), prompted);
	found.push({ kind: 'command', source, line: at, prompted });
	if (comment !== undefined && comment.kind === 'comment' && comment.text !== '')
		found.push({ kind: 'comment', text: comment.text, line: at, trailing: true });
	return last + 1;
}

/** In a transcript the lines that go on are shown behind `> `. */
function withoutContinuedPrompts(source: string, prompted: boolean): string {
	return prompted ? source.replace(/\\\n\s*>\s/g, '\\\n') : source;
}

function readSql(found: FenceLine[], lines: readonly string[], at: number): number {
	let end = at;
	while (
		end + 1 < lines.length &&
		!/;\s*(?:--.*)?$/.test(lines[end] as string) &&
		(lines[end + 1] as string).trim() !== '' &&
		!(end > at && looksLikeSql(lines[end + 1] as string) && /;\s*$/.test(lines[end] as string))
	)
		end += 1;
	found.push({
		kind: 'sql',
		source: lines
			.slice(at, end + 1)
			.join('\n')
			.trim(),
		line: at,
	});
	return end + 1;
}

/** Last line of the block that opens here, or null when it has no end. */
function endOfBlock(typed: Typed): number | null {
	const { content, lines, starts, at, skip } = typed;
	let depth = 0;
	let opened = false;
	let index = at;
	while (index < lines.length && index - at < longestBlock) {
		const lexed = tokenize(content, (starts[index] as number) + (index === at ? skip : 0), { line: true });
		if (lexed.unclosed !== null) return null;
		let atStart = true;
		for (const token of lexed.tokens) {
			if (token.kind === 'word') {
				if (atStart && !token.quoted) {
					if (/^(?:if|for|while|until|select|case|\{)$/.test(token.text)) {
						depth += 1;
						opened = true;
					} else if (/^(?:fi|done|esac|\})$/.test(token.text)) depth -= 1;
				}
				atStart = atStart && !token.quoted && /^(?:then|do|else|elif|!|\{|if|while|until)$/.test(token.text);
			} else if (token.kind === 'operator') {
				if (token.text === '(' && index === at && token.start === (starts[at] as number) + skip) {
					depth += 1;
					opened = true;
				}
				if (token.text === ')' && depth > 0 && /^\s*\(/.test(lines[at] as string) && /^\s*\)/.test(lines[index] as string)) depth -= 1;
				atStart = true;
			}
		}
		const last = lineAt(starts, Math.max(starts[index] as number, lexed.end - 1), index);
		if (opened && depth <= 0) return last;
		index = last + 1;
	}
	return null;
}

function endOfLineAt({ starts, lines }: Typed, line: number): number {
	return (starts[line] as number) + (lines[line] as string).length;
}

function lineAt(starts: readonly number[], offset: number, from: number): number {
	let line = from;
	while (line + 1 < starts.length && (starts[line + 1] as number) <= offset) line += 1;
	return line;
}
