import type { ListedCheck } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatTable } from '../terminal/rows.ts';

export function renderCheckList(checks: readonly ListedCheck[], { columns, style }: Layout): readonly string[] {
	const rows = checks.map(({ id, title }) => [{ text: id, paint: style.bold }, { text: title }]);
	return [...formatTable(0, rows, [32], columns), '', 'holdfast help <check> explains one.'];
}
