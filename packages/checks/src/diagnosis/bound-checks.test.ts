import { describe, expect, it } from 'vitest';
import { acceptedByDefault, listCauseChecks, nameQuestion } from './bound-checks.ts';
import { buildRunbook } from './fixtures/build-runbook.ts';

const runbook = buildRunbook([
	{
		title: 'A',
		symptoms: [],
		causes: [{ text: 'first', bind: 'check: net.dns' }, { text: 'second' }],
		steps: [
			{
				text: 'x',
				bind: ['cause: 1', 'check: net.tcp'],
				substeps: [
					{ text: 'y', bind: 'check: net.tls' },
					{ text: 'z', bind: ['cause: 2', 'check: http.page'] },
				],
			},
			{ text: 'w', bind: ['cause: 1', 'cause: 2', 'check: net.dns'] },
		],
	},
]);
const issue = runbook.issues[0];
const idsOf = (number: number) =>
	issue === undefined ? [] : listCauseChecks(issue, number, acceptedByDefault).map((check) => check.binding.id);

describe('listCauseChecks (G3)', () => {
	it('gathers the line, its steps and their substeps, each question once', () => {
		expect(idsOf(1)).toEqual(['net.dns', 'net.tcp', 'net.tls']);
	});
	it('lets a substep leave the cause of its step, and a step serve two causes', () => {
		expect(idsOf(2)).toEqual(['http.page', 'net.dns']);
	});
	it('knows no checks of a cause that is not there', () => {
		expect(idsOf(3)).toEqual([]);
	});
});

describe('nameQuestion', () => {
	it('does not depend on the order of parameters and keeps values apart', () => {
		expect(nameQuestion('a', { x: 1, y: '2' })).toBe(nameQuestion('a', { y: 2, x: '1' }));
		expect(nameQuestion('a', { x: 'b y=c' })).not.toBe(nameQuestion('a', { x: 'b', y: 'c' }));
	});
});
