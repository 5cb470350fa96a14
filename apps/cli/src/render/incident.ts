import type { IncidentDiagnosis, ShownIncident } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge } from '../terminal/format-duration.ts';
import { formatMoment } from '../terminal/format-moment.ts';
import { makePrintable } from '../terminal/printable.ts';
import { type Cell, formatEnds, formatTable } from '../terminal/rows.ts';
import { paintOf } from './incidents.ts';
import { type Labelled, renderLabelled } from './labelled.ts';

/** The answer first, then the proof, then the next step; below it who does what, what failed, and the timeline. */
export function renderIncident(incident: ShownIncident, layout: Layout): readonly string[] {
	const blocks = [
		[...renderHeader(incident, layout), ...renderTimes(incident)],
		incident.diagnosis === null ? [] : renderFound(incident.diagnosis, layout),
		renderPeople(incident, layout),
		renderMembers(incident, layout),
		renderTimeline(incident, layout),
	];
	return blocks.filter((block) => block.length > 0).flatMap((block, index) => (index === 0 ? block : ['', ...block]));
}

function renderHeader(incident: ShownIncident, { columns, style }: Layout): readonly string[] {
	const { id, title, service, severity, state } = incident;
	const paint = paintOf(incident, style);
	return formatEnds({ text: `${id} · ${title}`, paint: style.bold }, { text: `${service} · ${severity} · ${state}`, paint }, columns);
}

function renderTimes({ openedAt, resolvedAt, resolvedBy, state, mergedInto, durations }: ShownIncident): readonly string[] {
	const length = formatAge(durations.openMs);
	if (state === 'merged') return [makePrintable(`Part of incident ${mergedInto ?? '?'}: holdfast incident show ${mergedInto ?? '?'}`)];
	if (resolvedAt === null) return [`Open for ${length}, since ${formatMoment(openedAt)}.`];
	return [
		makePrintable(`From ${formatMoment(openedAt)} to ${formatMoment(resolvedAt)}, ${length}; resolved by ${resolvedBy ?? 'nobody'}.`),
	];
}

function renderFound({ at, causes, next }: IncidentDiagnosis, layout: Layout): readonly string[] {
	const { style } = layout;
	const [first, ...others] = causes;
	if (first === undefined) return [style.dim(`The diagnosis${at === null ? '' : ` of ${formatMoment(at)}`} confirmed no cause.`)];
	const steps = next.map(({ line, text, fix }) => [{ text: `line ${line}` }, { text: fix === null ? text : `${text} → ${fix}` }]);
	const fixes = first.fix === null ? [] : [[{ text: first.fix }]];
	const sections: readonly Labelled[] = [
		{ label: 'Cause', paint: style.red, rows: describeCause(first, layout) },
		{ label: 'Proof', rows: first.proof.map((text) => [{ text }]) },
		{ label: 'Also', paint: style.yellow, rows: others.map(({ message }) => [{ text: message }]) },
		{ label: 'Next', paint: style.green, rows: steps.length > 0 ? steps : fixes },
	];
	return renderLabelled(sections, layout);
}

function describeCause({ message, named }: IncidentDiagnosis['causes'][number], { style }: Layout): readonly (readonly Cell[])[] {
	if (named === null)
		return [[{ text: message, paint: style.bold }], [{ text: 'The runbook does not name this cause.', paint: style.dim }]];
	return [[{ text: `${named.text} (line ${named.line} of the runbook)`, paint: style.bold }], [{ text: message }]];
}

function renderPeople({ acknowledgedBy, roles, durations, state }: ShownIncident, { columns, style }: Layout): readonly string[] {
	const after = durations.untilAcknowledgedMs === null ? '' : `, after ${formatAge(durations.untilAcknowledgedMs)}`;
	const rows = [
		...(acknowledgedBy === null ? [] : [[{ text: 'on it' }, { text: `${acknowledgedBy}${after}` }]]),
		...roles.map(({ role, name }) => [{ text: role }, { text: name }]),
	];
	if (rows.length === 0) return state === 'open' ? [style.yellow('Nobody has acknowledged it.')] : [];
	return [style.bold('People'), ...formatTable(2, rows, [16], columns)];
}

function renderMembers({ members }: ShownIncident, { columns, style }: Layout): readonly string[] {
	if (members.length === 0) return [];
	const rows = members.map(({ state, key, reason, lines }) => [
		{ text: state, paint: state === 'fail' ? style.red : state === 'ok' ? style.green : style.yellow },
		{ text: key },
		{ text: [reason ?? '', ...lines.slice(0, 3).map(({ line }) => `line ${line}`)].filter((part) => part !== '').join(' · ') },
	]);
	return [style.bold('Monitors'), ...formatTable(2, rows, [8, 40], columns)];
}

function renderTimeline({ entries }: ShownIncident, { columns, style }: Layout): readonly string[] {
	const rows = entries.map(({ at, actor, kind, text }) => [
		{ text: at.slice(0, 19).replace('T', ' '), paint: style.dim },
		{ text: actor },
		{ text: text === '' ? kind : `${kind}: ${text}` },
	]);
	return [style.bold('Timeline (UTC)'), ...formatTable(2, rows, [20, 16], columns)];
}
