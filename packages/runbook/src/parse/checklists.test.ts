import { describe, expect, it } from 'vitest';
import type { Runbook } from '../model.ts';
import { readRunbook } from '../read.ts';

function read(text: string): Runbook {
	const result = readRunbook(text);
	if (!result.ok) throw new Error('expected a readable document');
	return result.runbook;
}

describe('checklists', () => {
	it('Q2: a period reaches one heading down and not into a procedure', () => {
		const text =
			'# Bakery\n\n## Daily Operations\n\n### Morning\n\n- Light the oven\n\n### Alarm Handling Procedures\n\n1. Read the alarm\n2. Call Ada\n';
		const runbook = read(text);
		expect(runbook.checklists.map((list) => [list.title, list.period])).toEqual([['Morning', 'daily']]);
		expect(runbook.procedures.map((one) => one.steps.length)).toEqual([2]);
	});

	it('Q3: boxes inside steps, issues and quotes count, boxes in code do not', () => {
		const text =
			'# Bakery\n\n## First look checklist\n\n### 1. Assess heat\n\n- [ ] Is it warm?\n- [x] Is it on?\n\n### 2. Check dough\n\n> - [ ] Is it soft?\n\n```markdown\n- [ ] Not this one\n```\n';
		const items = read(text).checklists.flatMap((list) => list.items);
		expect(items.map((item) => [item.line, item.done])).toEqual([
			[7, false],
			[8, true],
			[12, false],
		]);
	});
});
