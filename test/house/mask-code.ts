/**
 * Source text without what is not code: comments become spaces, regular expressions and template text become spaces, and the content
 * of a string becomes its number in `strings` (`'§3§'`). Lines stay where they are.
 *
 * No parser: enough to find imports and names in code that compiles. Text between JSX tags is read as code; an apostrophe there ends at
 * the line's end and hides nothing further.
 */
export interface MaskedCode {
	readonly code: string;
	readonly strings: readonly string[];
}

/** A slash after one of these begins a regular expression, otherwise it divides. */
const BEFORE_REGEX = /(?:^|[=(,:;[{}!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of|await|yield|throw))\s*$/;

export function maskCode(source: string): MaskedCode {
	const strings: string[] = [];
	let code = '';
	let at = 0;
	/** Depth of `{` inside each open `${`. */
	const templates: number[] = [];

	const skip = (end: number) => {
		code += source.slice(at, end).replace(/[^\n]/g, ' ');
		at = end;
	};

	while (at < source.length) {
		const char = source[at] as string;
		const next = source[at + 1];
		if (char === '/' && next === '/') skip(orEnd(source.indexOf('\n', at), source));
		else if (char === '/' && next === '*') skip(orEnd(source.indexOf('*/', at + 2), source, 2));
		else if (char === '/' && BEFORE_REGEX.test(code.slice(-80))) {
			const end = endOfRegex(source, at);
			if (end === null) code += source[at++];
			else skip(end);
		} else if (char === "'" || char === '"') {
			const end = endOfString(source, at);
			if (end === null) code += source[at++];
			else {
				code += `${char}§${strings.length}§${char}`;
				strings.push(source.slice(at + 1, end - 1));
				at = end;
			}
		} else if (char === '`') readTemplate();
		else if (char === '}' && templates.at(-1) === 0) {
			templates.pop();
			readTemplate();
		} else {
			const top = templates.length - 1;
			if (top >= 0 && char === '{') templates[top] = (templates[top] ?? 0) + 1;
			if (top >= 0 && char === '}') templates[top] = (templates[top] ?? 0) - 1;
			code += source[at++];
		}
	}
	return { code, strings };

	/** From the backtick, or the brace that ends a `${…}`, to the closing backtick or the next `${`. */
	function readTemplate(): void {
		for (let end = at + 1; end < source.length; end++) {
			if (source[end] === '\\') end += 1;
			else if (source[end] === '`') {
				skip(end + 1);
				return;
			} else if (source[end] === '$' && source[end + 1] === '{') {
				templates.push(0);
				skip(end + 2);
				return;
			}
		}
		skip(source.length);
	}
}

function orEnd(found: number, source: string, length = 0): number {
	return found === -1 ? source.length : found + length;
}

function endOfString(source: string, start: number): number | null {
	for (let at = start + 1; at < source.length; at++) {
		if (source[at] === '\\') at += 1;
		else if (source[at] === '\n') return null;
		else if (source[at] === source[start]) return at + 1;
	}
	return null;
}

function endOfRegex(source: string, start: number): number | null {
	let inClass = false;
	for (let at = start + 1; at < source.length; at++) {
		const char = source[at];
		if (char === '\\') at += 1;
		else if (char === '\n') return null;
		else if (char === '[') inClass = true;
		else if (char === ']') inClass = false;
		else if (char === '/' && !inClass) return at + 1;
	}
	return null;
}
