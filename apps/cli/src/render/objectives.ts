import type { ObjectiveStatus } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { formatMoment } from '../terminal/format-moment.ts';
import { formatTable } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';

/** Each promise with what was achieved, what may still go wrong, and how fast it is used up. */
export function renderObjectives(objectives: readonly ObjectiveStatus[], { columns, style }: Layout): readonly string[] {
	if (objectives.length === 0) return [];
	const rows = objectives.map((objective) => [
		{ text: objective.state, paint: paintOf(objective, style) },
		{ text: `${objective.service} ${objective.title}` },
		{ text: describe(objective) },
	]);
	return ['', style.bold('Objectives'), ...formatTable(2, rows, [8, 40], columns)];
}

function describe(objective: ObjectiveStatus): string {
	const { achieved, windowDays, budgetLeftMinutes, budgetMinutes, reason, spentAt } = objective;
	const reached = achieved === null ? '' : `${formatPercent(achieved)} in ${formatCount(windowDays, 'day')} · `;
	const left = budgetLeftMinutes === null ? '' : `${Math.max(0, budgetLeftMinutes).toFixed(1)} of ${budgetMinutes.toFixed(1)} min left · `;
	const end = spentAt === null ? '' : ` · spent by ${formatMoment(spentAt)} if this goes on`;
	return `${reached}${left}${describeBurn(objective)}${reason}${end}`;
}

/** The fastest that is known over its long window. */
function describeBurn({ burns }: ObjectiveStatus): string {
	const known = burns.flatMap(({ long, longMinutes, alertsAt }) => (long === null ? [] : [{ long, longMinutes, near: long / alertsAt }]));
	const [worst] = known.toSorted((a, b) => b.near - a.near);
	if (worst === undefined || worst.long === 0) return '';
	return `burns ${worst.long.toFixed(1)}× over ${worst.longMinutes / 60} h · `;
}

/** Never rounded up to a promise that was not kept. */
function formatPercent(share: number): string {
	return `${(Math.floor(share * 100_000) / 1000).toFixed(3)} %`;
}

function paintOf({ state, spentAt }: ObjectiveStatus, style: Style): Paint {
	if (state === 'spent') return style.red;
	return state === 'met' && spentAt === null ? style.green : style.yellow;
}
