import type { CheckReport, Observation } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount, formatDuration } from '../terminal/format-duration.ts';
import { type Cell, formatEnds, formatRow, formatTable } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';

/** One line per check, what failed first; findings with their fix below. */
export function renderChecks(report: CheckReport, layout: Layout, verbose: boolean): readonly string[] {
	const { columns, style } = layout;
	const { observations, service } = report;
	const figures = `${formatDuration(report.durationMs)} · ${formatCount(observations.length, 'check')}`;
	const header = formatEnds({ text: `${service.name} · ${service.url}`, paint: style.bold }, { text: figures, paint: style.dim }, columns);
	const sorted = observations.toSorted((a, b) => order[rankOf(a)] - order[rankOf(b)]);
	const idWidth = Math.min(Math.floor(columns / 3), Math.max(0, ...sorted.map(({ key }) => key.length)));
	return [...header, '', ...sorted.flatMap((observation) => renderObservation(observation, idWidth, layout, verbose))];
}

type Rank = Observation['state'] | 'echo';

const order: Readonly<Record<Rank, number>> = { fail: 0, echo: 1, warn: 2, unknown: 3, ok: 4 };
const words: Readonly<Record<Rank, string>> = { fail: 'FAIL', echo: 'echo', warn: 'warn', unknown: '?', ok: 'ok' };

function rankOf({ state, echoOf }: Observation): Rank {
	return state === 'fail' && echoOf !== null ? 'echo' : state;
}

function renderObservation(observation: Observation, idWidth: number, layout: Layout, verbose: boolean): readonly string[] {
	const { columns, style } = layout;
	const rank = rankOf(observation);
	const reason = rank === 'echo' ? `${observation.reason} (a consequence of ${observation.echoOf})` : observation.reason;
	const cells: Cell[] = [{ text: words[rank], paint: paintOf(style)[rank] }, { text: observation.key }, { text: reason }];
	const indent = 2 + 4 + 2;
	return [
		...formatRow(2, cells, [4, idWidth], columns),
		...(observation.enable === null
			? []
			: formatRow(indent, [{ text: '' }, { text: `→ ${observation.enable}`, paint: style.dim }], [idWidth], columns)),
		...renderFindings(observation, indent, idWidth, layout),
		...(verbose ? renderSeen(observation, indent, layout) : []),
	];
}

function renderFindings({ findings, reason }: Observation, indent: number, idWidth: number, { columns, style }: Layout): readonly string[] {
	return findings
		.filter(({ severity }) => severity !== 'info')
		.flatMap(({ message, fix }) => [
			...(reason.includes(message) ? [] : formatRow(indent, [{ text: '' }, { text: message }], [idWidth], columns)),
			...(fix === undefined ? [] : formatRow(indent, [{ text: '' }, { text: `→ ${fix}`, paint: style.green }], [idWidth], columns)),
		]);
}

function renderSeen(
	{ phases, measurements, evidence, durationMs }: Observation,
	indent: number,
	{ columns, style }: Layout,
): readonly string[] {
	const times = phases.map(({ name, durationMs: took }) => `${name} ${formatDuration(took)}`).join(', ');
	const figures = measurements
		.map(({ name, value, unit }) => `${name} ${Number(value.toFixed(2))}${unit === 'count' ? '' : ` ${unit}`}`)
		.join(', ');
	const rows = [
		[{ text: 'took', paint: style.dim }, { text: `${formatDuration(durationMs)}${times === '' ? '' : `: ${times}`}` }],
		...(figures === '' ? [] : [[{ text: 'measured', paint: style.dim }, { text: figures }]]),
	];
	const shown = evidence.flatMap(({ title, body, truncated }) => [
		...formatRow(indent, [{ text: `${title}${truncated === true ? ' (cut)' : ''}`, paint: style.dim }], [], columns),
		...body.split('\n').flatMap((line) => formatRow(indent + 2, [{ text: line }], [], columns)),
	]);
	return [...formatTable(indent, rows, [12], columns), ...shown];
}

function paintOf(style: Style): Readonly<Record<Rank, Paint>> {
	return { fail: style.red, echo: style.dim, warn: style.yellow, unknown: style.yellow, ok: style.green };
}
