import type { Incident } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge, formatCount } from '../terminal/format-duration.ts';
import { formatMoment } from '../terminal/format-moment.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';

export interface ListedAs {
	/** ISO 8601, by the clock of the database. */
	readonly at: string;
	/** Also those that are over. */
	readonly all: boolean;
}

export function renderIncidents(incidents: readonly Incident[], { at, all }: ListedAs, { columns, style }: Layout): readonly string[] {
	if (incidents.length === 0) return [all ? 'There was no incident yet.' : 'No open incident.'];
	const rows = incidents.map((incident) => [
		{ text: String(incident.id) },
		{ text: incident.severity, paint: paintOf(incident, style) },
		{ text: all ? incident.state : '' },
		{ text: `${incident.title} · ${incident.service} · ${describeTimes(incident, at)}` },
	]);
	return [
		style.bold(formatCount(incidents.length, all ? 'incident' : 'open incident')),
		...formatTable(
			2,
			all ? rows : rows.map(([id, severity, , what]) => [id, severity, what].flatMap((cell) => cell ?? [])),
			all ? [8, 10, 14] : [8, 10],
			columns,
		),
	];
}

function describeTimes({ openedAt, resolvedAt, state, acknowledgedBy, mergedInto }: Incident, at: string): string {
	const began = `since ${formatMoment(openedAt)}`;
	if (state === 'merged') return `part of ${mergedInto ?? 'another'}`;
	if (resolvedAt !== null) return `${formatMoment(openedAt)}, for ${formatAge(Date.parse(resolvedAt) - Date.parse(openedAt))}`;
	const who = state === 'acknowledged' ? ` · ${acknowledgedBy ?? 'somebody'} is on it` : '';
	return `${formatAge(Date.parse(at) - Date.parse(openedAt))}, ${began}${who}`;
}

/** What it costs attention for: over is dim, critical is red. */
export function paintOf({ severity, state }: Pick<Incident, 'severity' | 'state'>, style: Style): Paint {
	if (state === 'resolved' || state === 'merged') return style.dim;
	return severity === 'critical' ? style.red : style.yellow;
}

/** @param done `is acknowledged` */
export function renderChanged({ id, title, service, mergedInto }: Incident, done: string): readonly string[] {
	const into = mergedInto === null ? '' : ` into ${mergedInto}`;
	return [makePrintable(`Incident ${id} of ${service} ${done}${into}: ${title}`)];
}
