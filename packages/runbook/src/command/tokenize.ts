import { newScan, scanWord } from './scan-word.ts';
import type { Lexed, Redirection, Token, Unclosed, Word } from './token.ts';

/** A logical line longer than this is taken for an unclosed quote: it bounds the work on text that is not shell at all. */
const longestLine = 10_000;

const operators = ['&&', '||', '|&', ';;', '|', ';', '&', '(', ')'] as const;
const redirects = ['&>>', '<<-', '<<<', '&>', '>>', '>|', '>&', '<<', '<&', '<>', '>', '<'] as const;

interface Heredoc {
	readonly index: number;
	readonly delimiter: string;
	readonly stripTabs: boolean;
}

/**
 * Splits shell text into words, operators, redirections and comments, with positions, quoting and expansions kept (rule X9).
 * Never throws, always ends: what is not closed is named in `unclosed`.
 *
 * @param source the text; characters before `start` are not looked at
 * @param options `line: true` stops after the first logical line (a newline outside quotes, heredocs read)
 */
export function tokenize(source: string, start = 0, options: { readonly line?: boolean } = {}): Lexed {
	const end = options.line ? Math.min(source.length, start + longestLine) : source.length;
	const tokens: Token[] = [];
	let heredocs: Heredoc[] = [];
	let unclosed: Unclosed | null = null;
	let pos = start;

	while (pos < end && unclosed === null) {
		const char = source[pos] as string;
		if (char === '\n') {
			tokens.push({ kind: 'operator', text: '\n', start: pos, end: pos + 1 });
			pos += 1;
			if (heredocs.length > 0) {
				const read = readHeredocs(source, pos, end, heredocs, tokens);
				heredocs = [];
				pos = read.pos;
				if (!read.closed) unclosed = 'heredoc';
			}
			if (options.line) break;
			continue;
		}
		if (char === ' ' || char === '\t' || char === '\r') {
			pos += 1;
			continue;
		}
		if (char === '\\' && source[pos + 1] === '\n') {
			pos += 2;
			continue;
		}
		if (char === '\\' && source[pos + 1] === '\r' && source[pos + 2] === '\n') {
			pos += 3;
			continue;
		}
		if (char === '#') {
			const stop = endOfLine(source, pos, end);
			tokens.push({ kind: 'comment', text: source.slice(pos + 1, stop).trim(), start: pos, end: stop });
			pos = stop;
			continue;
		}
		const redirected = readRedirection(source, pos, end);
		if (redirected !== null) {
			if (redirected.token.operator === '<<' || redirected.token.operator === '<<-') {
				heredocs.push({
					index: tokens.length,
					delimiter: redirected.token.target?.text ?? '',
					stripTabs: redirected.token.operator === '<<-',
				});
			}
			tokens.push(redirected.token);
			unclosed = redirected.unclosed;
			pos = redirected.token.end;
			continue;
		}
		const operator = operators.find((text) => source.startsWith(text, pos));
		if (operator !== undefined) {
			tokens.push({ kind: 'operator', text: operator, start: pos, end: pos + operator.length });
			pos += operator.length;
			continue;
		}
		const scanned = scanWord(newScan(source, pos, end));
		tokens.push(scanned.word);
		unclosed = scanned.unclosed;
		pos = Math.max(scanned.word.end, pos + 1);
	}
	if (unclosed === null && heredocs.length > 0) unclosed = 'heredoc';
	if (unclosed === null && options.line && pos >= end && end < source.length && source[end - 1] !== '\n') unclosed = 'line';
	return { tokens, unclosed, end: pos };
}

function endOfLine(source: string, pos: number, end: number): number {
	const found = source.indexOf('\n', pos);
	return found === -1 || found > end ? end : found;
}

function readRedirection(source: string, pos: number, end: number): { token: Redirection; unclosed: Unclosed | null } | null {
	let at = pos;
	while (at < end && at - pos < 3 && isDigit(source[at])) at += 1;
	const fd = at > pos ? Number(source.slice(pos, at)) : null;
	const operator = redirects.find((text) => source.startsWith(text, at));
	if (operator === undefined) return null;
	if (fd !== null && operator.startsWith('&')) return null;
	// `<(…)` and `>(…)` are words: process substitutions.
	if (operator.length === 1 && source[at + 1] === '(') return null;
	let next = at + operator.length;
	while (next < end && (source[next] === ' ' || source[next] === '\t')) next += 1;
	const scanned = next < end && !'\n|&;()<>'.includes(source[next] as string) ? scanWord(newScan(source, next, end)) : null;
	const target: Word | null = scanned?.word ?? null;
	return {
		token: { kind: 'redirection', operator, fd, target, body: null, start: pos, end: target?.end ?? next },
		unclosed: scanned?.unclosed ?? null,
	};
}

function readHeredocs(
	source: string,
	from: number,
	end: number,
	heredocs: readonly Heredoc[],
	tokens: Token[],
): { pos: number; closed: boolean } {
	let pos = from;
	for (const heredoc of heredocs) {
		const bodyStart = pos;
		let closed = false;
		while (pos < end) {
			const stop = endOfLine(source, pos, end);
			const raw = source.slice(pos, stop).replace(/\r$/, '');
			const lineStart = pos;
			pos = Math.min(stop + 1, end);
			if ((heredoc.stripTabs ? raw.replace(/^\t+/, '') : raw) === heredoc.delimiter) {
				const token = tokens[heredoc.index] as Redirection;
				tokens[heredoc.index] = { ...token, body: source.slice(bodyStart, lineStart) };
				closed = true;
				break;
			}
			if (stop >= end) break;
		}
		if (!closed) return { pos: end, closed: false };
	}
	return { pos, closed: true };
}

function isDigit(char: string | undefined): boolean {
	return char !== undefined && char >= '0' && char <= '9';
}
