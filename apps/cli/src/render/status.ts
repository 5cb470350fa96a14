import type { Status } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge, formatCount, formatDuration } from '../terminal/format-duration.ts';
import { formatMoment } from '../terminal/format-moment.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/rows.ts';
import { renderObjectives } from './objectives.ts';

export function renderStatus(status: Status, layout: Layout): readonly string[] {
	return [
		...renderWatcher(status, layout),
		...status.services.map((service) => renderService(service)),
		...renderIncidents(status, layout),
		...renderNotWell(status, layout),
		...renderObjectives(status.objectives, layout),
	];
}

function renderWatcher({ watcher }: Status, { style }: Layout): readonly string[] {
	if (watcher.lastAt === null) return [style.yellow('Nothing was looked at yet: start holdfast up.')];
	if (watcher.isLate) {
		const since = formatAge(watcher.oldestMs);
		return [
			style.yellow(`The watcher is late: ${formatCount(watcher.overdue, 'monitor')} overdue, the first for ${since}. What follows is old.`),
		];
	}
	const late = watcher.lateP99Ms === null ? '' : `, late by ${formatDuration(watcher.lateP99Ms)} at most (99 %)`;
	return [
		`Watching${late}.`,
		...[...watcher.gaps.map(describeGap), ...watcher.networkLosses.map(describeLoss)].map((text) => style.yellow(text)),
	];
}

/** What happened then is not known. */
function describeGap({ from, to }: Status['watcher']['gaps'][number]): string {
	return `Nobody watched from ${formatMoment(from)} to ${formatMoment(to)} (${formatAge(Date.parse(to) - Date.parse(from))}).`;
}

/** What was seen then says nothing of the services. */
function describeLoss({ from, to, reason }: Status['watcher']['networkLosses'][number]): string {
	const words =
		to === null
			? `reaches nothing outside since ${formatMoment(from)}`
			: `reached nothing outside from ${formatMoment(from)} to ${formatMoment(to)}`;
	return makePrintable(`Holdfast itself ${words}: ${reason}.`);
}

function renderService({ name, monitors, notApplicable }: Status['services'][number]): string {
	const told = (['fail', 'unknown', 'warn', 'ok', 'new'] as const).filter((state) => monitors[state] > 0);
	return `${makePrintable(name)}: ${[...told.map((state) => `${monitors[state]} ${state}`), ...(notApplicable > 0 ? [`${notApplicable} do not apply`] : [])].join(', ') || 'no monitors'}`;
}

function renderIncidents({ incidents, at }: Status, { columns, style }: Layout): readonly string[] {
	if (incidents.length === 0) return ['No open incident.'];
	const rows = incidents.map(({ id, severity, title, state, acknowledgedBy, openedAt }) => [
		{ text: String(id) },
		{ text: severity, paint: severity === 'critical' ? style.red : style.yellow },
		{
			text: `${title} · ${formatAge(Date.parse(at) - Date.parse(openedAt))}${state === 'acknowledged' ? ` · ${acknowledgedBy} is on it` : ''}`,
		},
	]);
	return ['', style.bold(formatCount(incidents.length, 'open incident')), ...formatTable(2, rows, [8, 10], columns)];
}

function renderNotWell({ notWell, at }: Status, { columns, style }: Layout): readonly string[] {
	if (notWell.length === 0) return [];
	const rows = notWell.map(({ state, service, key, reason, since }) => [
		{ text: state, paint: state === 'fail' ? style.red : style.yellow },
		{ text: `${service} ${key}` },
		{ text: `${reason ?? ''} · ${formatAge(Date.parse(at) - Date.parse(since))}` },
	]);
	return ['', style.bold('Not well'), ...formatTable(2, rows, [8, 40], columns)];
}
