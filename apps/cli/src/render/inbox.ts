import type { InboxMessage } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge } from '../terminal/format-duration.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/rows.ts';

/** @param at milliseconds since the epoch */
export function renderInbox(messages: readonly InboxMessage[], at: number, { style, columns }: Layout): readonly string[] {
	if (messages.length === 0) return ['Nothing unread.'];
	const rows = messages.map(({ id, at: told, short, severity, kind, readAt }) => [
		{ text: String(id) },
		{ text: formatAge(at - Date.parse(told)) },
		{
			text: makePrintable(short),
			paint: readAt !== null ? style.dim : severity === 'critical' && kind !== 'resolved' ? style.red : (text: string) => text,
		},
	]);
	return formatTable(0, rows, [8, 12], columns);
}
