import type { CoverageReport } from '@holdfast/engine/operations';
import { describe, expect, it } from 'vitest';
import { createStyle } from '../terminal/style.ts';
import { measureWidth } from '../terminal/text-width.ts';
import { renderCoverage } from './coverage.ts';

const layout = { columns: 80, style: createStyle(false) };
const section = { address: 'a', line: 1, persons: 0, ignored: 0 };
const report: CoverageReport = {
	path: 'RUNBOOK.md',
	title: 'Bakery',
	counting: 'certain',
	problems: [],
	coverage: {
		live: 143,
		couldBeLive: 206,
		persons: 3,
		ignored: 0,
		sections: [
			{ ...section, title: 'Common Issues', live: 43, couldBeLive: 44 },
			{ ...section, title: 'Emergency Procedures', live: 99, couldBeLive: 99 },
			{ ...section, title: 'Contacts', live: 1, couldBeLive: 60 },
			{ ...section, title: 'Rollback', live: 0, couldBeLive: 3 },
			{ ...section, title: 'History', live: 0, couldBeLive: 0 },
		],
		rest: Array.from({ length: 7 }, (_, index) => ({
			line: 40 + index,
			address: `a/${index}`,
			kind: 'contact' as const,
			text: 'Baker: [Contact Info]',
			section: 'Contacts',
			why: { kind: 'placeholder' as const, sentence: 'placeholder: nobody would be woken' },
		})),
	},
};

describe('renderCoverage', () => {
	it('shows a bar per section and the lines that matter most; a bar is full or empty only when the section is', () => {
		expect(`\n${renderCoverage(report, layout, false).join('\n')}\n`).toMatchInlineSnapshot(`
			"
			Bakery · 206 lines that could be live, 143 are (69 %)
			  Common Issues         ███████████████████░  43/44
			  Emergency Procedures  ████████████████████  99/99
			  Contacts              █░░░░░░░░░░░░░░░░░░░  1/60
			  Rollback              ░░░░░░░░░░░░░░░░░░░░  0/3
			  3 more lines are left to a person; bindings that holdfast runbook bind
			  --accept certain would write are counted.

			Not live: 7 lines. The 5 that matter most:
			  RUNBOOK.md:40  Baker: [Contact Info]  placeholder: nobody would be woken
			  RUNBOOK.md:41  Baker: [Contact Info]  placeholder: nobody would be woken
			  RUNBOOK.md:42  Baker: [Contact Info]  placeholder: nobody would be woken
			  RUNBOOK.md:43  Baker: [Contact Info]  placeholder: nobody would be woken
			  RUNBOOK.md:44  Baker: [Contact Info]  placeholder: nobody would be woken
			holdfast runbook coverage --all names the others.
			"
		`);
	});

	it('names every line when asked', () => {
		expect(renderCoverage(report, layout, true).filter((line) => line.includes('RUNBOOK.md:'))).toHaveLength(7);
	});

	it.each([40, 60, 100])('keeps within %i columns', (columns) => {
		for (const line of renderCoverage(report, { ...layout, columns }, true)) expect(measureWidth(line)).toBeLessThanOrEqual(columns);
	});

	it('says when nothing could be live', () => {
		const empty = { ...report, coverage: { ...report.coverage, live: 0, couldBeLive: 0, sections: [], rest: [] } };
		expect(renderCoverage(empty, layout, false)).toEqual(['Bakery · no line that could be live']);
	});
});
