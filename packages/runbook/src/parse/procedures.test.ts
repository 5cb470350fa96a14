import { describe, expect, it } from 'vitest';
import type { Runbook } from '../model.ts';
import { readRunbook } from '../read.ts';

function read(text: string): Runbook {
	const result = readRunbook(text);
	if (!result.ok) throw new Error('expected a readable document');
	return result.runbook;
}

const outline = (text: string): readonly (readonly [string, string, number])[] =>
	read(text).procedures.map((procedure) => [procedure.title, procedure.form, procedure.steps.length]);

describe('what is a procedure', () => {
	it('P10: a numbered list of checks before something is steps, a list of preconditions is not', () => {
		expect(
			outline('# Bakery\n\n## Pre-deploy checklist\n\n1. Weigh the flour and record it\n2. Check the oven\n3. Run the mixer\n'),
		).toEqual([['Pre-deploy checklist', 'ol', 3]]);
		expect(outline('# Bakery\n\n## Preconditions\n\n1. The oven is clean.\n2. Flour is in the bin.\n')).toEqual([]);
	});

	it('P11: a list that tells how the document is made is no procedure', () => {
		expect(outline('# Bakery\n\nEach section has the same parts:\n\n1. **Check** what to look at\n2. **Verify** how to know\n')).toEqual(
			[],
		);
	});

	it('P12: a command that a sentence introduces is a step under any title; without it the title decides', () => {
		expect(outline('# Bakery\n\n## Oven token\n\nTo make a new one by hand:\n\n```bash\nkubectl get secrets\n```\n')).toEqual([
			['Oven token', 'code', 1],
		]);
		expect(outline('# Bakery\n\n## Oven token\n\nThe token is kept by the door.\n\n```bash\nkubectl get secrets\n```\n')).toEqual([]);
	});

	it('P13: numbered headings below the title of a whole runbook are chapters', () => {
		const text =
			'# Bakery Runbook\n\n## 1. Restart the oven\n\n```bash\nsystemctl restart oven\n```\n\n## 2. Check the dough\n\n```bash\ncurl https://bakery.example/dough\n```\n';
		expect(outline(text).map(([title]) => title)).toEqual(['Restart the oven', 'Check the dough']);
	});

	it('P13: below a title that names one procedure they are its steps', () => {
		const text = '# Restore the recipes\n\n## 1. Stop the oven\n\nPull the plug.\n\n## 2. Verify the copy\n\nRead it.\n';
		expect(outline(text)).toEqual([['Restore the recipes', 'step-headings', 2]]);
	});

	it('P14: labels that count themselves are the steps of their heading', () => {
		const text =
			'# Bakery\n\n## Rollback\n\n### Option 1: the old oven\n\n**Step 1: Find it**\n```bash\nkubectl get pods\n```\n\n**Step 2: Light it**\n```bash\nkubectl rollout undo deployment/oven\n```\n';
		expect(outline(text)).toEqual([['the old oven', 'step-headings', 2]]);
		expect(read(text).rollback).toBe(true);
	});

	it('phases that hold labelled lists are chapters of a plan, each list a procedure', () => {
		const text =
			'# Plan\n\n## Response\n\n### Phase 1: Look\n\n**Check Heat:**\n```bash\ncurl https://bakery.example/heat\n```\n\n**First Actions:**\n1. Call Ada\n2. Close the door\n\n### Phase 2: Mend\n\n**Restart Oven:**\n```bash\nsystemctl restart oven\n```\n';
		expect(outline(text).map(([title]) => title)).toEqual(['Check Heat', 'First Actions', 'Restart Oven']);
	});

	it('an issue table inside a step is still read', () => {
		const text =
			'# Bakery\n\n## Outage procedure\n\n### Step 1: Look\n\n- Open the door\n\n### Step 2: Mend\n\n| Symptom | Likely cause | Action |\n|---|---|---|\n| Cold | no gas | open the tap |\n';
		expect(read(text).issues.map((issue) => issue.title)).toEqual(['Cold']);
	});

	it('M3: a way through menus asks to be walked', () => {
		expect(
			outline('# Bakery\n\n## Rollback\n\n- **Web:** Console → Ovens → Promote the old one\n- **Shop:** Ship the last menu again\n'),
		).toEqual([['Rollback', 'ul', 2]]);
	});

	it('P6: a rollback told in prose counts where nothing else is told', () => {
		expect(outline('# Bakery\n\n## Roll back\n\nReturn to the last recipe and bake again.\n')).toEqual([['Roll back', 'prose', 1]]);
		expect(outline('# Roll back the oven\n\nUse this when the bread is pale.\n\n## Oven\n\n1. Open the door\n2. Turn the knob\n')).toEqual([
			['Oven', 'ol', 2],
		]);
	});
});

describe('labels', () => {
	it('H3: a condition that introduces the only list of a section is no label', () => {
		expect(
			read('# Bakery\n\n## Escalation\n\nIf the bread is still pale:\n\n1. Call Ada and tell her\n2. Write it down\n').procedures.map(
				(one) => [one.line, one.title],
			),
		).toEqual([[3, 'Escalation']]);
	});

	it('H4: an empty label gives its role to the labels after it', () => {
		const runbook = read(
			'# Bakery\n\n## "no gas"\n\n**Problem:** nothing burns\n\n**Solution:**\n\n**Kitchen:**\n- Open the tap\n- Light a match\n',
		);
		expect(runbook.procedures.map((one) => [one.title, one.role, one.steps.length])).toEqual([['Kitchen', 'resolve', 2]]);
	});
});

describe('other languages', () => {
	it('M2: an ordered list is steps though no verb of the list is English', () => {
		const text =
			'# Panadería: vuelta atrás\n\n## Horno\n\n1. Identificar el último horno que funcionaba.\n2. Confirmar que la masa está en la cámara.\n3. Encender el horno con la receta de ayer.\n\n## Masa\n\nNo tirar la masa sin:\n\n- una copia de la receta;\n- el permiso de la jefa.\n';
		expect(outline(text)).toEqual([['Horno', 'ol', 3]]);
	});

	it('R25: fields are recognised', () => {
		const runbook = read(
			'# Guía\n\n## Problemas comunes\n\n### El horno no calienta\n\n**Síntomas:**\n- Pan crudo\n\n**Causas posibles:**\n- Sin gas\n\n**Solución:**\n1. Abrir la llave del gas\n2. Llamar a Ada\n',
		);
		expect(runbook.issues.map((issue) => [issue.title, issue.symptoms.length, issue.causes.length, issue.steps.length])).toEqual([
			['El horno no calienta', 1, 1, 2],
		]);
	});
});

it('P15: numbered items that bring their commands along are steps', () => {
	const text =
		'# Bakery\n\n## Oven trouble\n\n1. **No space:**\n   ```bash\n   df -h\n   ```\n\n2. **No heat:**\n   ```bash\n   systemctl status oven\n   ```\n';
	expect(read(text).procedures.map((one) => one.steps.length)).toEqual([2]);
});
