import { maskCode } from './mask-code.ts';

/** What code may not reach for in a place, and why. */
interface Forbidden {
	readonly pattern: RegExp;
	readonly sentence: string;
}

const CLOCK: Forbidden = {
	pattern: /\bDate\s*\.\s*now\b|\bnew\s+Date\s*\(\s*\)|\bDate\s*\(\s*\)|\bperformance\s*\.\s*now\b/g,
	sentence: 'reads the clock. Take `now` as a value: the caller reads it once and passes it down.',
};
const TIMER: Forbidden = {
	pattern: /\b(?:setTimeout|setInterval|setImmediate)\s*\(/g,
	sentence: 'waits for a timer. Nothing here happens later: return a value that says when.',
};
const CHANCE: Forbidden = {
	pattern: /\bMath\s*\.\s*random\b|\bcrypto\s*\.\s*random\w+/g,
	sentence: 'rolls dice. The same input gives the same result: take the value from the caller.',
};
const WORLD: Forbidden = {
	pattern: /(?<![.\w])(?:fetch\s*\(|process\s*\.|WebSocket\b|navigator\s*\.)/g,
	sentence: 'reaches for the world outside. Take what it would find as a value.',
};

interface Place {
	readonly folder: string;
	readonly except: readonly string[];
	readonly forbidden: readonly Forbidden[];
}

const PLACES: readonly Place[] = [
	{ folder: 'packages/runbook/src/', except: [], forbidden: [CLOCK, TIMER, CHANCE, WORLD] },
	{ folder: 'packages/checks/src/diagnosis/', except: [], forbidden: [CLOCK, TIMER, CHANCE, WORLD] },
	// The compositions give the engine its clock; a server that starts is waited for by the machine's.
	{
		folder: 'packages/engine/src/',
		except: ['packages/engine/src/local.ts', 'packages/engine/src/main.ts', 'packages/engine/src/local/', 'packages/engine/src/postgres/'],
		forbidden: [CLOCK],
	},
];

/** @returns One sentence, with its line, for each thing a pure place reaches for. */
export function judgePurity(file: string, source: string): readonly string[] {
	const place = PLACES.find(({ folder }) => file.startsWith(folder));
	if (!place || place.except.some((one) => file === one || (one.endsWith('/') && file.startsWith(one)))) return [];
	const { code } = maskCode(source);
	return place.forbidden.flatMap(({ pattern, sentence }) =>
		[...code.matchAll(pattern)].map((match) => `${file}:${code.slice(0, match.index).split('\n').length} ${sentence}`),
	);
}
