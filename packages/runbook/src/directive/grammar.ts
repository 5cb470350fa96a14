import type { Binding, Comment, Problem } from '../model.ts';
import { directiveKinds, readKind } from './kind.ts';
import { quoteValue } from './quote-value.ts';
import { scanDirective } from './scan.ts';

export type DirectiveReading =
	| { readonly kind: 'none' }
	| { readonly kind: 'directive'; readonly binding: Binding; readonly places: DirectivePlaces }
	| { readonly kind: 'problem'; readonly problems: readonly Problem[] };

export interface Place {
	readonly line: number;
	readonly column: number;
}

/** Where the parts of a directive stand, for problems found later. */
export interface DirectivePlaces {
	readonly kind: Place;
	readonly id: Place;
	readonly params: Readonly<Record<string, Place>>;
}

/**
 * Reads an HTML comment as a directive (rules D1 to D6).
 *
 * @param comment as the reader found it
 * @param lines the document's raw lines; with them columns are exact however the comment is spaced, without them
 *   `<!-- ` with one space is assumed
 * @returns `none` for an ordinary comment, the binding, or every problem of its syntax at once
 */
export function readDirective(comment: Comment, lines?: readonly string[]): DirectiveReading {
	const opening = readKind(comment.text);
	if (opening.kind === 'none') return opening;
	const locate = placeIn(comment, lines);
	if (opening.kind === 'misspelt') {
		return {
			kind: 'problem',
			problems: [
				{
					rule: 'D2',
					...locate(0),
					message: `${opening.written}: no such kind of directive, expected one of ${directiveKinds.join(', ')}`,
					hint: `Did you mean ${opening.nearest}?`,
				},
			],
		};
	}
	const scan = scanDirective(opening.value, comment.text, opening.length);
	if (scan.faults.length > 0) {
		return { kind: 'problem', problems: scan.faults.map(({ rule, at, message, hint }) => ({ rule, ...locate(at), message, hint })) };
	}
	const params = Object.fromEntries(scan.params.map(({ key, value }) => [key, value]));
	return {
		kind: 'directive',
		binding: { kind: opening.value, id: scan.id, params, rule: 'directive', certainty: 'declared' },
		places: { kind: locate(0), id: locate(scan.idAt), params: Object.fromEntries(scan.params.map(({ key, at }) => [key, locate(at)])) },
	};
}

/**
 * The written form of a binding, without comment marks: the inverse of {@link readDirective}.
 * Parameters keep their order; any Unicode text is a possible value.
 */
export function formatDirective(binding: Pick<Binding, 'kind' | 'id' | 'params'>): string {
	const head = binding.id === '' ? `${binding.kind}:` : `${binding.kind}: ${binding.id}`;
	return [head, ...Object.entries(binding.params).map(([key, value]) => `${key}=${quoteValue(value)}`)].join(' ');
}

/** The comment that stands in a document for a binding. */
export function formatComment(binding: Pick<Binding, 'kind' | 'id' | 'params'>): string {
	return `<!-- ${formatDirective(binding)} -->`;
}

/** Maps an offset in the comment's trimmed text to line and column. */
function placeIn(comment: Comment, lines: readonly string[] | undefined): (at: number) => Place {
	const opened = lines?.[comment.line - 1]?.slice(comment.column - 1 + 4);
	let line = comment.line;
	let column = comment.column + 5;
	if (opened !== undefined && lines !== undefined) {
		column = comment.column + 4 + (opened.length - opened.trimStart().length);
		let rest = opened;
		while (rest.trim() === '' && line < comment.endLine) {
			rest = lines[line] ?? '';
			line++;
			column = 1 + (rest.length - rest.trimStart().length);
		}
	}
	return (at) => {
		const before = comment.text.slice(0, at);
		const breaks = before.split('\n');
		return breaks.length === 1
			? { line, column: column + at }
			: { line: line + breaks.length - 1, column: (breaks.at(-1)?.length ?? 0) + 1 };
	};
}
