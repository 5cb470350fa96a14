import type { VitalFigure, VitalRating, VitalRoute } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { type Cell, formatTable } from '../terminal/rows.ts';
import type { Paint } from '../terminal/style.ts';

export function renderVitals(routes: readonly VitalRoute[], since: string, { columns, style }: Layout): readonly string[] {
	if (routes.length === 0) return [`No Web Vitals were sent since ${since}.`];
	const paints: Readonly<Record<VitalRating, Paint | undefined>> = { good: undefined, 'needs improvement': style.yellow, poor: style.red };
	const rows = routes.flatMap(({ route, device, figures }) =>
		figures.map((figure, index): readonly Cell[] => [
			{ text: index === 0 ? route : '' },
			{ text: index === 0 ? device : '' },
			{ text: figure.metric },
			{ text: formatFigure(figure) },
			{ text: formatCount(figure.count, 'view') },
			{ text: figure.rating, paint: paints[figure.rating] },
		]),
	);
	return [style.bold(`Three of four visitors since ${since} saw this or better`), ...formatTable(2, rows, [40, 8, 5, 10, 12], columns)];
}

function formatFigure({ metric, p75 }: VitalFigure): string {
	return metric === 'CLS' ? String(p75) : `${p75} ms`;
}
