import type { Layout } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';
import { type Cell, formatRow } from '../terminal/rows.ts';
import type { Paint } from '../terminal/style.ts';
import { measureWidth } from '../terminal/text-width.ts';

/** Width of the column of labels: `Not it` is the longest. */
const LABEL = 6;

export interface Labelled {
	readonly label: string;
	readonly paint?: Paint;
	/** Rows of one to three cells; a row of one cell takes the whole width. */
	readonly rows: readonly (readonly Cell[])[];
}

/** Labels in the margin, each once, and rows beside them; columns are shared by all, as wide as their widest cell up to a third of the line. */
export function renderLabelled(sections: readonly Labelled[], { columns, style }: Layout): readonly string[] {
	const table = sections.flatMap(({ rows }) => rows).filter((row) => row.length > 1);
	const cellCount = Math.max(1, ...table.map((row) => row.length));
	const widths = Array.from({ length: cellCount - 1 }, (_, index) =>
		Math.min(Math.floor(columns / 3), Math.max(0, ...table.map((row) => measureWidth(makePrintable(row[index]?.text ?? ''))))),
	);
	return sections.flatMap(({ label, paint, rows }) =>
		rows.flatMap((row, index) => {
			const head: Cell = { text: index === 0 ? label : '', paint: paint ?? style.bold };
			return formatRow(2, [head, ...row], [LABEL, ...(row.length > 1 ? widths : [])], columns);
		}),
	);
}
