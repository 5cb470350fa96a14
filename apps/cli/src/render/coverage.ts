import type { Coverage, CoverageReport } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatCount } from '../terminal/format-duration.ts';
import { type Cell, formatRow, formatTable } from '../terminal/rows.ts';
import type { Paint, Style } from '../terminal/style.ts';
import { showPlace } from './place.ts';

const BAR = 20;
const SHOWN = 5;

/** The share of live lines by section, and the lines that are not, those that matter most first. */
export function renderCoverage(
	{ path, title, coverage, counting }: CoverageReport,
	{ columns, style }: Layout,
	all: boolean,
): readonly string[] {
	const { live, couldBeLive } = coverage;
	const name = title || path;
	if (couldBeLive === 0) return formatRow(0, [{ text: `${name} · no line that could be live` }], [], columns);
	const heading = `${name} · ${formatCount(couldBeLive, 'line')} that could be live, ${live} ${live === 1 ? 'is' : 'are'} (${percent(live, couldBeLive)})`;
	const bars = coverage.sections
		.filter((section) => section.couldBeLive > 0)
		.map((section): readonly Cell[] => [
			{ text: section.title || '(before the first heading)' },
			{ text: drawBar(section.live, section.couldBeLive), paint: paintOf(section.live / section.couldBeLive, style) },
			{ text: `${section.live}/${section.couldBeLive}` },
		]);
	return [
		...formatRow(0, [{ text: heading, paint: style.bold }], [], columns),
		...formatTable(2, bars, [Math.max(12, columns - BAR - 36), BAR], columns),
		...renderApart(coverage, counting, { columns, style }),
		...renderRest(path, coverage, { columns, style }, all),
	];
}

/** What is left out of the figures, and what is counted in. */
function renderApart({ persons, ignored }: Coverage, counting: CoverageReport['counting'], { columns, style }: Layout): readonly string[] {
	const apart = [
		persons > 0 ? `${formatCount(persons, 'more line')} ${persons === 1 ? 'is' : 'are'} left to a person` : '',
		ignored > 0 ? `${ignored} ignored` : '',
		counting === 'certain'
			? 'bindings that holdfast runbook bind --accept certain would write are counted'
			: 'only bindings that are declared are counted',
	].filter((part) => part !== '');
	return formatRow(2, [{ text: `${apart.join('; ')}.`, paint: style.dim }], [], columns);
}

function renderRest(path: string, { rest }: Coverage, { columns, style }: Layout, all: boolean): readonly string[] {
	if (rest.length === 0) return ['', 'Every line that could be live is.'];
	const shown = all ? rest : rest.slice(0, SHOWN);
	const heading =
		shown.length < rest.length
			? `Not live: ${formatCount(rest.length, 'line')}. The ${SHOWN} that matter most:`
			: `Not live: ${formatCount(rest.length, 'line')}.`;
	const rows = shown.map(({ line, text, why }): readonly Cell[] => [
		{ text: showPlace(path, line), paint: style.dim },
		{ text },
		{ text: why.sentence },
	]);
	const more = shown.length < rest.length ? ['holdfast runbook coverage --all names the others.'] : [];
	return ['', heading, ...formatTable(2, rows, [Math.floor(columns / 3), Math.floor(columns / 3)], columns), ...more];
}

function drawBar(part: number, whole: number): string {
	// Full only when it is: 99 % must not look like all of it, nor 1 % like nothing.
	const filled = part === 0 ? 0 : part === whole ? BAR : Math.min(BAR - 1, Math.max(1, Math.round((part / whole) * BAR)));
	return '█'.repeat(filled) + '░'.repeat(BAR - filled);
}

function percent(part: number, whole: number): string {
	return `${part === whole ? 100 : Math.min(99, Math.round((part / whole) * 100))} %`;
}

function paintOf(share: number, style: Style): Paint {
	return share >= 0.8 ? style.green : share >= 0.4 ? style.yellow : style.red;
}
