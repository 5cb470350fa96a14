import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRunbook } from '../../packages/runbook/src/read.ts';
import { catalogue, findFault } from './catalogue.mjs';
import { controls } from './controls.mjs';
import { issueTitles } from './fault.mjs';
import { nameCauses } from './name-causes.mjs';
import { pairs } from './pairs.mjs';

const text = readFileSync(new URL('../../examples/shop/RUNBOOK.md', import.meta.url), 'utf8');
const read = readRunbook(text);

describe('the catalogue of faults', () => {
	it('has at least 45, each with an id of its own in kebab case', () => {
		const ids = catalogue.map(({ id }) => id);
		expect(ids.length).toBeGreaterThanOrEqual(45);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
	});

	it('has a fault for every cause of the runbook, and names no cause that is not there', () => {
		if (!read.ok) throw new Error('the runbook of the example cannot be read');
		const known = Object.entries(issueTitles).flatMap(([short, title]) => {
			const issue = read.runbook.issues.find((each) => each.title === title);
			return (issue?.causes ?? []).map((_cause, index) => `${short}/${index + 1}`);
		});
		const made = new Set<string>(catalogue.flatMap(({ causes }) => causes));
		expect(known.length).toBeGreaterThanOrEqual(16);
		expect(known.filter((cause) => !made.has(cause))).toEqual([]);
		const named = catalogue.flatMap(({ causes, also }) => [...causes, ...(also ?? [])]);
		expect(named.filter((cause) => !known.includes(cause))).toEqual([]);
	});

	it('says of every fault how it shows without the checks', () => {
		expect(catalogue.filter(({ symptom }) => typeof symptom.look !== 'function').map(({ id }) => id)).toEqual([]);
	});

	it('has five that the runbook does not know', () => {
		const unknown = catalogue.filter(({ id }) => id.startsWith('unknown-'));
		expect(unknown.length).toBeGreaterThanOrEqual(5);
		expect(unknown.flatMap(({ causes, also }) => [...causes, ...(also ?? [])])).toEqual([]);
	});

	it('has ten pairs of different faults of different causes', () => {
		expect(pairs.length).toBeGreaterThanOrEqual(10);
		for (const [one, other] of pairs) {
			const faults = [findFault(one), findFault(other)];
			expect(faults, `${one} and ${other}`).not.toContain(null);
			expect(faults[0]?.causes[0]).not.toBe(faults[1]?.causes[0]);
		}
	});

	it('has healthy deployments under load, just after a restart and behind TLS', () => {
		expect(controls.map(({ name }) => name).join('; ')).toMatch(/load.*restart.*TLS/);
	});

	it('is told in the words of the runbook, and says when a cause is not there', () => {
		if (!read.ok) throw new Error('the runbook of the example cannot be read');
		const { issues } = read.runbook;
		expect(nameCauses(issues, ['sign-in/1'])).toEqual([
			{
				ref: 'sign-in/1',
				issue: 'Sign-in does not work',
				issueLine: expect.any(Number),
				text: 'The session secret is missing, too short, or was changed',
				line: expect.any(Number),
			},
		]);
		expect(() => nameCauses(issues, ['slow/9'])).toThrow('slow/9: expected a cause');
	});
});
