import { maskCode } from './mask-code.ts';

/** One place where a module names another. */
export interface Import {
	/** As written; null when it is computed at run time and can't be read. */
	readonly specifier: string | null;
	readonly line: number;
	/** `import type`, `export type … from`, `typeof import(…)`: nothing is loaded at run time. */
	readonly typeOnly: boolean;
}

const STATIC = /\b(?:import|export)\b(\s+type\b(?!\s*,|\s+from\b))?(?:[^;'"`()=]*?[\s}*]from)?\s*(['"])§(\d+)§\2/g;
const CALLED = /(\btypeof\s+)?\b(import|require|require\.resolve|import\.meta\.resolve)\s*\(\s*(?:(['"])§(\d+)§\3\s*[,)])?/g;

/** All imports of a module, in the order of their lines: static, re-exported, dynamic, `require`. */
export function scanImports(source: string): readonly Import[] {
	const { code, strings } = maskCode(source);
	const found: Import[] = [];
	for (const match of code.matchAll(STATIC)) {
		found.push({ specifier: strings[Number(match[3])] ?? null, line: lineOf(code, match.index), typeOnly: match[1] !== undefined });
	}
	for (const match of code.matchAll(CALLED)) {
		// `loader.import(…)` is somebody's method.
		if (code[match.index - 1] === '.') continue;
		const specifier = match[4] === undefined ? null : (strings[Number(match[4])] ?? null);
		found.push({ specifier, line: lineOf(code, match.index), typeOnly: match[1] !== undefined });
	}
	return found.sort((a, b) => a.line - b.line);
}

/** Whether a module holds nothing but `export … from '…'`. */
export function isBarrel(source: string): boolean {
	const { code } = maskCode(source);
	const rest = code.replace(/\bexport\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s*(['"])§\d+§\1\s*;?/g, '');
	return rest.trim() === '' && code.trim() !== '';
}

function lineOf(code: string, index: number): number {
	return code.slice(0, index).split('\n').length;
}
