import type { MaintenanceWindow } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge } from '../terminal/format-duration.ts';
import { formatMoment } from '../terminal/format-moment.ts';
import { makePrintable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/rows.ts';

export function renderBegun({ service, endsAt, reason }: MaintenanceWindow): readonly string[] {
	return [
		makePrintable(
			`Maintenance of ${service ?? 'every service'} until ${formatMoment(endsAt)}: ${reason}. What fails until then wakes nobody.`,
		),
	];
}

export function renderEnded(ended: readonly MaintenanceWindow[]): readonly string[] {
	return ended.map(({ service, reason }) =>
		makePrintable(`Maintenance of ${service ?? 'every service'} is over: ${reason}. What still fails opens its incident.`),
	);
}

/** @param now milliseconds since 1970, by the clock of the database */
export function renderWindows(windows: readonly MaintenanceWindow[], now: number, { columns, style }: Layout): readonly string[] {
	if (windows.length === 0) return ['No maintenance is on, none lies ahead.'];
	const rows = windows.map(({ service, reason, startsAt, endsAt, createdBy, isOn }) => [
		{ text: isOn ? 'on' : 'ahead', paint: isOn ? style.yellow : style.dim },
		{ text: service ?? 'every service' },
		{
			text: isOn
				? `${reason} · until ${formatMoment(endsAt)}, ${formatAge(Date.parse(endsAt) - now)} left · ${createdBy}`
				: `${reason} · from ${formatMoment(startsAt)} to ${formatMoment(endsAt)} · ${createdBy}`,
		},
	]);
	return formatTable(0, rows, [6, 24], columns);
}
