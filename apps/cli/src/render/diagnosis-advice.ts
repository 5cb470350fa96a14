import type { Diagnosis } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { renderLabelled } from './labelled.ts';

const MOST = 5;

/** What could be better and breaks nothing, after everything that matters tonight. */
export function renderAdvice({ advice, observations }: Diagnosis, layout: Layout): readonly string[] {
	if (advice.length === 0) return [];
	const idOf = (key: string): string => observations.find((observation) => observation.key === key)?.check ?? key;
	const rows = advice.slice(0, MOST).map(({ observation, message }) => [{ text: idOf(observation) }, { text: message }]);
	const more = advice.length > MOST ? [[{ text: '' }, { text: `and ${advice.length - MOST} more: --json lists them` }]] : [];
	return renderLabelled([{ label: 'Also', paint: layout.style.dim, rows: [...rows, ...more] }], layout);
}
