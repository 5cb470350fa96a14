import type { Expansion, Unclosed, Word } from './token.ts';

/** Substitutions nested deeper than this are refused rather than followed: it bounds the stack. */
const deepest = 24;

/** A place in the text, and what has been seen of the word that is being read. */
interface Scan {
	readonly source: string;
	readonly end: number;
	pos: number;
	depth: number;
	unclosed: Unclosed | null;
	readonly expansions: Expansion[];
	readonly literalNames: string[];
}

export function newScan(source: string, pos: number, end: number): Scan {
	return { source, end, pos, depth: 0, unclosed: null, expansions: [], literalNames: [] };
}

const wordEnds = new Set([' ', '\t', '\r', '\n', '|', '&', ';', '(', ')', '<', '>']);

/** Reads one word from the place of the scan: quotes, escapes and expansions included. */
export function scanWord(scan: Scan): { readonly word: Word; readonly unclosed: Unclosed | null } {
	const { source, end } = scan;
	const start = scan.pos;
	let text = '';
	let quoted = false;
	let glob = false;
	let unquoted = '';
	while (scan.pos < end && scan.unclosed === null) {
		const char = source[scan.pos] as string;
		if (scan.pos === start && (char === '<' || char === '>') && source[scan.pos + 1] === '(') {
			const from = scan.pos;
			scan.pos += 2;
			scan.expansions.push({ kind: 'process', inner: scanParens(scan) });
			text += source.slice(from, scan.pos);
			continue;
		}
		if (wordEnds.has(char)) break;
		if (char === "'") {
			quoted = true;
			text += scanSingle(scan);
		} else if (char === '"') {
			quoted = true;
			text += scanDouble(scan);
		} else if (char === '\\') {
			const next = source[scan.pos + 1];
			if (next === '\n') scan.pos += 2;
			else if (next === '\r' && source[scan.pos + 2] === '\n') scan.pos += 3;
			else {
				quoted = true;
				if (next === '$') noteLiteralNames(scan, source.slice(scan.pos + 1, scan.pos + 80));
				text += next ?? '\\';
				scan.pos += next === undefined ? 1 : 2;
			}
		} else if (char === '$' && source[scan.pos + 1] === "'") {
			quoted = true;
			scan.pos += 1;
			text += scanEscapedSingle(scan);
		} else if (char === '$' || char === '`') {
			text += char === '$' ? scanDollar(scan) : scanBacktick(scan);
		} else {
			if (char === '*' || char === '?' || char === '[') glob = true;
			unquoted += char;
			text += char;
			scan.pos += 1;
		}
	}
	const word: Word = {
		kind: 'word',
		text,
		start,
		end: scan.pos,
		bare: /^[^'"\\$`]*/.exec(source.slice(start, Math.min(scan.pos, start + 200)))?.[0] ?? '',
		quoted,
		expansions: scan.expansions,
		glob,
		braces: /\{[^{}\s]*(?:,|\.\.)[^{}\s]*\}/.test(unquoted),
		tilde: source[start] === '~',
		literalNames: scan.literalNames,
	};
	return { word, unclosed: scan.unclosed };
}

function scanSingle(scan: Scan): string {
	const close = scan.source.indexOf("'", scan.pos + 1);
	if (close === -1 || close >= scan.end) return stopAt(scan, 'single quote');
	const text = scan.source.slice(scan.pos + 1, close);
	noteLiteralNames(scan, text);
	scan.pos = close + 1;
	return text;
}

function scanEscapedSingle(scan: Scan): string {
	let text = '';
	scan.pos += 1;
	while (scan.pos < scan.end) {
		const char = scan.source[scan.pos] as string;
		if (char === "'") {
			scan.pos += 1;
			noteLiteralNames(scan, text);
			return text;
		}
		const step = char === '\\' ? 2 : 1;
		text += scan.source.slice(scan.pos, scan.pos + step);
		scan.pos += step;
	}
	return text + stopAt(scan, 'single quote');
}

/** Reads `"…"` from its opening quote; returns the text between, escapes removed. */
export function scanDouble(scan: Scan): string {
	const { source, end } = scan;
	let text = '';
	scan.pos += 1;
	while (scan.pos < end && scan.unclosed === null) {
		const char = source[scan.pos] as string;
		if (char === '"') {
			scan.pos += 1;
			return text;
		}
		if (char === '\\') {
			const next = source[scan.pos + 1] ?? '';
			if (next === '$') noteLiteralNames(scan, source.slice(scan.pos + 1, scan.pos + 80));
			if (next !== '\n') text += '"\\$`'.includes(next) && next !== '' ? next : `\\${next}`;
			scan.pos += 2;
		} else if (char === '$') text += scanDollar(scan);
		else if (char === '`') text += scanBacktick(scan);
		else {
			text += char;
			scan.pos += 1;
		}
	}
	return text + (scan.unclosed === null ? stopAt(scan, 'double quote') : '');
}

/** Reads an expansion from its `$`; returns it as written. */
export function scanDollar(scan: Scan): string {
	const { source } = scan;
	const from = scan.pos;
	const next = source[scan.pos + 1] ?? '';
	if (next === '(') {
		const arithmetic = source[scan.pos + 2] === '(';
		scan.pos += 2;
		const inner = scanParens(scan);
		scan.expansions.push(arithmetic && inner.endsWith(')') ? { kind: 'arithmetic', inner } : { kind: 'command', inner });
	} else if (next === '{') {
		scan.pos += 2;
		scanBraces(scan);
	} else {
		const name = /^[A-Za-z_]\w*/.exec(source.slice(scan.pos + 1, scan.pos + 120))?.[0];
		if (name !== undefined) {
			scan.expansions.push({ kind: 'variable', name, operator: false });
			scan.pos += 1 + name.length;
		} else if (/^[0-9@*#?$!-]$/.test(next)) {
			scan.expansions.push({ kind: 'special', name: next });
			scan.pos += 2;
		} else scan.pos += 1;
	}
	return source.slice(from, scan.pos);
}

function scanBraces(scan: Scan): void {
	const from = scan.pos;
	let depth = 1;
	while (scan.pos < scan.end && depth > 0 && scan.unclosed === null) {
		const char = scan.source[scan.pos] as string;
		if (char === '\\') scan.pos += 2;
		else if (char === "'") scanSingle(scan);
		else if (char === '"') deeper(scan, () => scanDouble(scan));
		else if (char === '`') scanBacktick(scan);
		else if (char === '$' && scan.pos > from) deeper(scan, () => scanDollar(scan));
		else {
			if (char === '{') depth += 1;
			if (char === '}') depth -= 1;
			scan.pos += 1;
		}
	}
	if (depth > 0) {
		if (scan.unclosed === null) stopAt(scan, 'brace');
		return;
	}
	const inner = scan.source.slice(from, scan.pos - 1);
	const name = /^[!#]?([A-Za-z_]\w*)/.exec(inner)?.[1];
	if (name === undefined) scan.expansions.push({ kind: 'special', name: inner });
	else scan.expansions.push({ kind: 'variable', name, operator: inner !== name });
}

/** Reads to the parenthesis that closes the one just opened; returns what stands between. */
export function scanParens(scan: Scan): string {
	const from = scan.pos;
	let depth = 1;
	while (scan.pos < scan.end && scan.unclosed === null) {
		const char = scan.source[scan.pos] as string;
		if (char === '\\') scan.pos += 2;
		else if (char === "'") skip(scan, () => scanSingle(scan));
		else if (char === '"') skip(scan, () => deeper(scan, () => scanDouble(scan)));
		else if (char === '`') skip(scan, () => scanBacktick(scan));
		else {
			if (char === '(') depth += 1;
			if (char === ')') depth -= 1;
			scan.pos += 1;
			if (depth === 0) return scan.source.slice(from, scan.pos - 1);
		}
	}
	if (scan.unclosed === null) stopAt(scan, 'parenthesis');
	return scan.source.slice(from, scan.end);
}

function scanBacktick(scan: Scan): string {
	const from = scan.pos;
	let close = scan.source.indexOf('`', from + 1);
	while (close !== -1 && scan.source[close - 1] === '\\') close = scan.source.indexOf('`', close + 1);
	if (close === -1 || close >= scan.end) return stopAt(scan, 'backtick');
	scan.expansions.push({ kind: 'command', inner: scan.source.slice(from + 1, close) });
	scan.pos = close + 1;
	return scan.source.slice(from, scan.pos);
}

/** What stands inside a substitution is read again on its own: its words are not words of this one. */
function skip(scan: Scan, read: () => void): void {
	const expansions = scan.expansions.length;
	const names = scan.literalNames.length;
	read();
	scan.expansions.length = expansions;
	scan.literalNames.length = names;
}

function deeper(scan: Scan, read: () => void): void {
	scan.depth += 1;
	if (scan.depth > deepest) stopAt(scan, 'nesting');
	else read();
	scan.depth -= 1;
}

function stopAt(scan: Scan, unclosed: Unclosed): string {
	const rest = scan.source.slice(scan.pos, scan.end);
	scan.unclosed = unclosed;
	scan.pos = scan.end;
	return rest;
}

function noteLiteralNames(scan: Scan, text: string): void {
	if (!text.includes('$')) return;
	for (const match of text.matchAll(/\$\{?([A-Za-z_]\w*)/g)) scan.literalNames.push(match[1] as string);
}
