import { describe, expect, it } from 'vitest';
import type { Runbook } from '../model.ts';
import { readRunbook } from '../read.ts';

function read(text: string): Runbook {
	const result = readRunbook(text);
	if (!result.ok) throw new Error('expected a readable document');
	return result.runbook;
}

const titles = (text: string): readonly string[] => read(text).issues.map((issue) => issue.title);

describe('what is an issue', () => {
	it('I6: the phases of a process are no fields of a failure', () => {
		expect(
			titles(
				'# Bakery\n\n## Oven Response Procedure\n\n### 1. Detection\n\n- Smoke\n\n### 2. Containment\n\n1. Close the door\n2. Call Ada\n',
			),
		).toEqual([]);
	});

	it('I6: a general plan is no issue though its sections are called Detect and Recover', () => {
		expect(titles('# Incident Response\n\n## Detect\n\n- Smoke\n\n## Recover\n\n- Open the windows\n- Restart the oven\n')).toEqual([]);
	});

	it('I7: a trigger with nothing but steps and a check is a planned procedure', () => {
		const text =
			'# Bakery\n\n## Rotate the oven key\n\n### Trigger\n\n- The key leaked\n\n### Commands\n\n```bash\nkubectl get pods\n```\n\n### Verify\n\n```bash\ncurl https://bakery.example/health\n```\n';
		expect(titles(text)).toEqual([]);
		expect(read(text).procedures.map((procedure) => procedure.line)).toEqual([9, 15]);
	});

	it('I7: a trigger beside an impact names an alert', () => {
		expect(
			titles(
				'# Bakery\n\n## Alerts\n\n### Oven too cold\n\n**Trigger:** below 150 degrees\n**Impact:** pale bread\n\n**Steps:**\n1. Check the thermostat\n',
			),
		).toEqual(['Oven too cold']);
	});

	it('I8: items that open with Detect, Contain and Recover make their heading an issue and stay its steps', () => {
		const runbook = read(
			'# Bakery\n\n## 1. Oven outage\n\n1. Detect: no heat for a minute.\n2. Contain: stop the line.\n3. Recover: switch to the spare oven.\n\n## 2. Dough shortage\n\n1. Detect: the bin is empty.\n2. Diagnose: look at the orders.\n3. Mitigate: call the mill.\n',
		);
		expect(runbook.issues.map((issue) => [issue.title, issue.symptoms.map((line) => line.text), issue.steps.length])).toEqual([
			['Oven outage', ['no heat for a minute.'], 3],
			['Dough shortage', ['the bin is empty.'], 3],
		]);
		expect(runbook.procedures).toHaveLength(2);
	});

	it('I9: in a catalogue the rows are the issues, not the section that holds their table', () => {
		const text =
			'# Alerts\n\n## oven group\n\n| Name | Summary | Severity |\n|---|---|---|\n| OvenDown | no heat | page |\n| OvenSlow | little heat | ticket |\n';
		expect(titles(text)).toEqual(['OvenDown', 'OvenSlow']);
	});

	it('I10: commands below a symptom of one line answer the issue', () => {
		const runbook = read('# Bakery\n\n## oven-down\n\n**Symptom:** no heat at all.\n\n```bash\nsystemctl status oven\n```\n');
		expect(runbook.issues[0]?.symptoms.map((line) => line.text)).toEqual(['no heat at all.']);
		expect(runbook.procedures.map((procedure) => [procedure.line, procedure.form])).toEqual([[3, 'code']]);
	});

	it('a heading that offers help or sets rules is none, though its container holds issues', () => {
		expect(
			titles(
				'# Guide\n\n## Common issues\n\n### Still need help?\n\nWrite to Ada.\n\n### Naming rules\n\n- One name\n\n### Pale bread\n\nTurn it up.\n',
			),
		).toEqual(['Pale bread']);
	});
});

it('I11: a heading with a severity and sections for what to do is an issue', () => {
	const text =
		'# Bakery\n\n## P1: Oven on fire\n\n### Immediate Actions\n\n1. Close the door\n2. Call Ada\n\n### Investigation\n\n1. Read the log\n2. Ask the baker\n';
	expect(read(text).issues.map((one) => [one.title, one.severity, one.steps.length])).toEqual([['Oven on fire', 'P1', 4]]);
});
