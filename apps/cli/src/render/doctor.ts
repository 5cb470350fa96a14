import type { DoctorLine, DoctorReport } from '@holdfast/engine/doctor';
import type { Layout } from '../session.ts';
import { makePrintable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';

export function renderDoctor({ lines, missing, unknown }: DoctorReport, { style }: Layout): readonly string[] {
	const width = Math.max(...lines.map(({ subject }) => subject.length));
	const rest = unknown === 0 ? '' : `, ${unknown} could not be told`;
	return [
		...lines.flatMap((line) => [
			`${wordOf(line, style)}  ${makePrintable(line.subject).padEnd(width)}  ${makePrintable(line.text)}`,
			...(line.todo === '' ? [] : [`${' '.repeat(width + 14)}→ ${makePrintable(line.todo)}`]),
		]),
		'',
		`${missing === 0 ? 'Nothing that is needed is missing' : `${missing} missing`}${rest}.`,
	];
}

function wordOf({ state, isNeeded }: DoctorLine, style: Style): string {
	if (state === 'ok') return style.green('ok        ');
	if (state === 'unknown') return style.yellow('?         ');
	return isNeeded ? style.red('missing   ') : style.yellow('not there ');
}
