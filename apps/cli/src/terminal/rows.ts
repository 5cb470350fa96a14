import { makePrintable } from './printable.ts';
import type { Paint } from './style.ts';
import { measureWidth, padWidth } from './text-width.ts';
import { wrapText } from './wrap.ts';

export interface Cell {
	readonly text: string;
	readonly paint?: Paint | undefined;
}

const GAP = 2;
/** A last column narrower than this is put below instead of beside. */
const NARROWEST = 20;

/**
 * One row of a table as lines: each cell wraps inside its own column, the last takes the rest of the width.
 * @param widths Columns of all cells but the last.
 */
export function formatRow(indent: number, cells: readonly Cell[], widths: readonly number[], columns: number): readonly string[] {
	const before = widths.reduce((sum, width) => sum + width + GAP, indent);
	const last = cells.at(-1);
	if (columns - before < NARROWEST && cells.length > 1 && last !== undefined) {
		const heads = cells.slice(0, -1).flatMap((cell) => formatRow(indent, [cell], [], columns));
		return [...heads, ...formatRow(indent + GAP, [last], [], columns)];
	}
	const wrapped = cells.map((cell, index) => wrapText(makePrintable(cell.text), widths[index] ?? Math.max(1, columns - before)));
	const height = Math.max(...wrapped.map((lines) => lines.length));
	return Array.from({ length: height }, (_, row) => {
		const line = cells.map((cell, index) => {
			const text = wrapped[index]?.[row] ?? '';
			const padded = index === cells.length - 1 ? text : padWidth(text, widths[index] ?? 0);
			return cell.paint === undefined ? padded : cell.paint(text) + padded.slice(text.length);
		});
		return (' '.repeat(indent) + line.join(' '.repeat(GAP))).trimEnd();
	});
}

/** A table whose columns are as wide as their widest cell, within the bounds given for each but the last; a word is never cut for a bound while half the width is left. */
export function formatTable(
	indent: number,
	rows: readonly (readonly Cell[])[],
	bounds: readonly number[],
	columns: number,
): readonly string[] {
	const widths = bounds.map((bound, index) => {
		const texts = rows.map((row) => makePrintable(row[index]?.text ?? ''));
		const widest = Math.max(0, ...texts.map(measureWidth));
		const longestWord = Math.max(0, ...texts.flatMap((text) => text.split(' ')).map(measureWidth));
		return Math.min(widest, Math.max(bound, Math.min(longestWord, Math.floor(columns / 2))));
	});
	return rows.flatMap((row) => formatRow(indent, row, widths, columns));
}

/** Two texts at both ends of a line; under each other where they do not fit. */
export function formatEnds(left: Cell, right: Cell, columns: number): readonly string[] {
	const [head, tail] = [makePrintable(left.text), makePrintable(right.text)];
	const space = columns - measureWidth(head) - measureWidth(tail);
	const paint = (cell: Cell, text: string) => (cell.paint === undefined ? text : cell.paint(text));
	if (space >= GAP) return [paint(left, head) + ' '.repeat(space) + paint(right, tail)];
	return [...wrapText(head, columns).map((line) => paint(left, line)), ...wrapText(tail, columns).map((line) => paint(right, line))];
}
