import { distance } from 'fastest-levenshtein';
import type { BindingKind } from '../model.ts';

export const directiveKinds: readonly BindingKind[] = ['check', 'action', 'task', 'person', 'cause', 'ignore'];

export type KindReading =
	| { readonly kind: 'none' }
	| { readonly kind: 'known'; readonly value: BindingKind; readonly length: number }
	| { readonly kind: 'misspelt'; readonly written: string; readonly nearest: BindingKind };

/** What follows a kind when it is meant as a directive: a dotted name, or a number or word that stands alone or before `key=`. */
const idShaped = /^\s*(?:[a-z]+(?:\.[a-z0-9-]+)+|\d+|[a-z-]+)(?:\s+[A-Za-z][\w-]*=|\s*$)/;

/**
 * Tells directives from ordinary comments by how they begin (rules D1 and D2). A word that is one slip away from a kind
 * (one letter more, less or other, two swapped, or in capitals) counts as misspelt only when a name follows it, so that
 * notes which people leave for each other stay notes.
 */
export function readKind(text: string): KindReading {
	const opened = /^([A-Za-z]+)(\s*):/.exec(text);
	const word = opened?.[1];
	if (opened === null || word === undefined) return { kind: 'none' };
	const known = directiveKinds.find((kind) => kind === word);
	if (known !== undefined) return { kind: 'known', value: known, length: opened[0].length };
	const nearest = directiveKinds.find((kind) => isSlip(word.toLowerCase(), kind));
	if (nearest === undefined || !idShaped.test(text.slice(opened[0].length))) return { kind: 'none' };
	return { kind: 'misspelt', written: word, nearest };
}

function isSlip(word: string, kind: string): boolean {
	if (distance(word, kind) <= 1) return true;
	return word.length === kind.length && distance(word, kind) === 2 && [...word].sort().join('') === [...kind].sort().join('');
}
