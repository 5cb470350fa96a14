import type { ListedFault } from '../dev/load-faults.ts';
import type { Layout } from '../session.ts';
import { formatRow } from '../terminal/rows.ts';

/** By group, each with what it is and the causes of the runbook that it stands for. */
export function renderFaults(faults: readonly ListedFault[], { columns, style }: Layout): readonly string[] {
	const groups = [...new Set(faults.map(({ group }) => group))];
	const width = Math.min(Math.floor(columns / 2), Math.max(0, ...faults.map(({ id }) => id.length)));
	return groups.flatMap((group, index) => [
		...(index === 0 ? [] : ['']),
		...formatRow(0, [{ text: group, paint: style.bold }], [], columns),
		...faults
			.filter((fault) => fault.group === group)
			.flatMap(({ id, title, causes }) => [
				...formatRow(2, [{ text: id }, { text: title }], [width], columns),
				...(causes.length === 0 ? [] : formatRow(2, [{ text: '' }, { text: causes.join(', '), paint: style.dim }], [width], columns)),
			]),
	]);
}
