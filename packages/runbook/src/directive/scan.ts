import type { BindingKind } from '../model.ts';
import { unescapeValue } from './quote-value.ts';

export interface Fault {
	readonly rule: string;
	/** Offset in the comment's text. */
	readonly at: number;
	readonly message: string;
	readonly hint: string;
}

export interface ScannedParam {
	readonly key: string;
	readonly value: string;
	/** Offset of the key. */
	readonly at: number;
}

export interface Scan {
	readonly id: string;
	readonly idAt: number;
	readonly params: readonly ScannedParam[];
	readonly faults: readonly Fault[];
}

const example: Readonly<Record<BindingKind, string>> = {
	check: 'check: http.health path=/api/health',
	action: 'action: release.rollback to=last-good',
	task: 'task: daily',
	person: 'person: confirm',
	cause: 'cause: 2',
	ignore: 'ignore: outdated',
};

const name = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/;
const keyShape = /^[A-Za-z][A-Za-z0-9_]*(?:[.-][A-Za-z0-9_]+)*$/;

/** Reads what follows `kind:`, and says everything that is wrong with it (rules D3 to D6). */
export function scanDirective(kind: BindingKind, text: string, from: number): Scan {
	const faults: Fault[] = [];
	const words = splitWords(text, from, faults);
	const first = words[0];
	const hasId = first !== undefined && first.equals === null;
	const id = hasId ? first.raw : '';
	const idAt = hasId ? first.at : text.length === from ? from : (first?.at ?? from);
	const idFault = judgeId(kind, id, idAt);
	if (idFault !== null) faults.push(idFault);
	const params: ScannedParam[] = [];
	for (const word of hasId ? words.slice(1) : words) {
		if (kind === 'cause') {
			faults.push({
				rule: 'D3',
				at: word.at,
				message: `${word.raw}: expected nothing after the number of a cause`,
				hint: `For example: ${example.cause}`,
			});
			continue;
		}
		const param = readParam(word, kind, faults);
		if (param === null) continue;
		if (params.some(({ key }) => key === param.key)) {
			faults.push({ rule: 'D6', at: param.at, message: `${param.key} is given twice, expected it once`, hint: 'Keep one of the two.' });
		} else params.push(param);
	}
	return { id, idAt, params, faults: faults.toSorted((a, b) => a.at - b.at) };
}

function judgeId(kind: BindingKind, id: string, at: number): Fault | null {
	const hint = `For example: ${example[kind]}`;
	if (kind === 'ignore' && id === '') return null;
	if (id === '')
		return { rule: 'D3', at, message: `${kind}: expected a ${kind === 'cause' ? 'number' : 'name'} after the colon, got nothing`, hint };
	if (kind === 'cause') {
		return /^[1-9]\d{0,3}$/.test(id) ? null : { rule: 'D3', at, message: `${id}: expected the number of a cause, counted from 1`, hint };
	}
	if (name.test(id)) return null;
	return { rule: 'D3', at, message: `${id}: expected a name of lower-case letters, digits, dots and hyphens`, hint };
}

interface Word {
	readonly raw: string;
	readonly at: number;
	/** Offset of the first `=` outside quotes within the word; null when there is none. */
	readonly equals: number | null;
}

/** Cuts at white space outside quotes. */
function splitWords(text: string, from: number, faults: Fault[]): readonly Word[] {
	const words: Word[] = [];
	let at = from;
	while (at < text.length) {
		if (/\s/.test(text[at] ?? '')) {
			at++;
			continue;
		}
		const begin = at;
		let equals: number | null = null;
		let quotedAt: number | null = null;
		while (at < text.length && (quotedAt !== null || !/\s/.test(text[at] ?? ''))) {
			const mark = text[at];
			if (mark === '\\' && quotedAt !== null) at++;
			else if (mark === '"' && quotedAt !== null) quotedAt = null;
			else if (mark === '"' && equals !== null && at === begin + equals + 1) quotedAt = at;
			else if (mark === '=') equals ??= at - begin;
			at++;
		}
		at = Math.min(at, text.length);
		if (quotedAt !== null) {
			faults.push({
				rule: 'D5',
				at: quotedAt,
				message: 'this quoted value is never closed, expected a closing "',
				hint: 'Write a quote inside a value as \\".',
			});
		}
		words.push({ raw: text.slice(begin, at), at: begin, equals });
	}
	return words;
}

function readParam(word: Word, kind: BindingKind, faults: Fault[]): ScannedParam | null {
	if (word.equals === null) {
		faults.push({
			rule: 'D4',
			at: word.at,
			message: `${word.raw}: expected key=value, got a lone word`,
			hint: `For example: ${example[kind]}`,
		});
		return null;
	}
	const key = word.raw.slice(0, word.equals);
	if (!keyShape.test(key)) {
		const shown = key === '' ? word.raw : key;
		faults.push({
			rule: 'D4',
			at: word.at,
			message: `${shown}: expected a parameter's name before the =`,
			hint: `For example: ${example[kind]}`,
		});
		return null;
	}
	const written = word.raw.slice(word.equals + 1);
	const valueAt = word.at + word.equals + 1;
	const inner = readInner(written, valueAt, key, faults);
	if (inner === null) return null;
	const unescaped = unescapeValue(inner.text);
	if (unescaped.ok) return { key, value: unescaped.value, at: word.at };
	faults.push({
		rule: 'D5',
		at: inner.at + unescaped.at,
		message: `${unescaped.escape}: expected one of the escapes \\" \\\\ \\n \\r \\t \\uXXXX`,
		hint: 'Write a backslash as \\\\.',
	});
	return null;
}

/** The value without its quotes, and where it begins. */
function readInner(written: string, at: number, key: string, faults: Fault[]): { readonly text: string; readonly at: number } | null {
	if (written === '') {
		faults.push({ rule: 'D4', at, message: `${key}=: expected a value, got nothing`, hint: `Write ${key}="" for an empty one.` });
		return null;
	}
	if (!written.startsWith('"')) {
		const quote = written.indexOf('"');
		if (quote < 0) return { text: written, at };
		faults.push({
			rule: 'D5',
			at: at + quote,
			message: `${key}: expected the quote at the start of the value`,
			hint: `Put the whole value in quotes: ${key}="…"`,
		});
		return null;
	}
	const end = closingQuote(written);
	if (end === null) return null;
	if (end === written.length - 1) return { text: written.slice(1, -1), at: at + 1 };
	faults.push({
		rule: 'D5',
		at: at + end + 1,
		message: `${key}: expected white space after the closing quote`,
		hint: 'Write a quote inside a value as \\".',
	});
	return null;
}

function closingQuote(written: string): number | null {
	for (let at = 1; at < written.length; at++) {
		if (written[at] === '\\') at++;
		else if (written[at] === '"') return at;
	}
	return null;
}
