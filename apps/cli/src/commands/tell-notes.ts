import { type GlobalOptions, type Session, stderrLayout } from '../session.ts';
import { formatRow } from '../terminal/rows.ts';

/** Says on stderr what a run did otherwise than usual: the answer stands all the same. */
export function tellNotes({ io }: Session, options: GlobalOptions, notes: readonly string[]): void {
	const { columns, style } = stderrLayout(io, options.color !== false);
	for (const note of notes) io.stderr(`${formatRow(0, [{ text: note, paint: style.dim }], [], columns).join('\n')}\n`);
}
