import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Runbook } from './model.ts';
import { readRunbook } from './read.ts';

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const usersRunbook = `${shared}runbook/PRODUCTION_RUNBOOK.md`;
const corpus = `${shared}corpus/`;

function read(path: string): Runbook {
	const result = readRunbook(readFileSync(path));
	if (!result.ok) throw new Error(`${path} was not read`);
	return result.runbook;
}

/** Top-level list items of procedures; below step headings, their numbered items (counting rule R3). */
function countListSteps(runbook: Runbook): number {
	return runbook.procedures.reduce(
		(sum, procedure) =>
			sum +
			(procedure.form === 'step-headings'
				? procedure.steps.flatMap((step) => step.substeps).filter((step) => step.marker === 'number').length
				: procedure.steps.filter((step) => step.form === 'item').length),
		0,
	);
}

describe.skipIf(!existsSync(usersRunbook))("the first user's runbook (skipped: ../shared is not beside the checkout)", () => {
	const load = (): Runbook => read(usersRunbook);

	it('has 4 issues, each with 3 symptoms, 4 causes and 4 steps', () => {
		expect(load().issues.map((issue) => [issue.title, issue.symptoms.length, issue.causes.length, issue.steps.length])).toEqual([
			['Application Not Loading', 3, 4, 4],
			['Authentication Not Working', 3, 4, 4],
			['Database Connection Issues', 3, 4, 4],
			['Performance Issues', 3, 4, 4],
		]);
	});

	it('has the four-step troubleshooting procedure with 3, 5, 2 and 4 items', () => {
		const procedure = load().procedures.find((candidate) => candidate.form === 'step-headings');
		expect(procedure?.steps.map((step) => step.substeps.length)).toEqual([3, 5, 2, 4]);
	});

	it('has 3 emergency procedures of 4 steps and a rollback with 4 criteria and 4 steps', () => {
		const { procedures, rollback } = load();
		expect(
			procedures.filter((procedure) => procedure.role === 'emergency').map((procedure) => [procedure.title, procedure.steps.length]),
		).toEqual([
			['Complete Service Outage', 4],
			['Data Loss', 4],
			['Security Incident', 4],
		]);
		const [back] = procedures.filter((procedure) => procedure.role === 'rollback');
		expect([back?.when.length, back?.steps.length, rollback]).toEqual([4, 4, true]);
		expect(countListSteps(load())).toBe(46);
	});

	it('has 4 recurring groups of 4 tasks and 4 monitoring groups of 4 items, the uptime with its threshold', () => {
		const { checklists } = load();
		expect(checklists.map((list) => [list.kind, list.period, list.items.length])).toEqual([
			...['daily', 'weekly', 'monthly', 'quarterly'].map((period) => ['recurring', period, 4]),
			...Array.from({ length: 4 }, () => ['monitoring', null, 4]),
		]);
		expect(checklists.flatMap((list) => list.items).find((item) => item.text.startsWith('Uptime'))?.threshold).toEqual({
			metric: 'Uptime',
			operator: '>',
			value: 99.9,
			unit: '%',
		});
	});

	it('has 9 contacts of which 7 are placeholders, 7 fences of which 5 run, 5 commands, 4 URLs, nothing unowned', () => {
		const runbook = load();
		expect(runbook.contacts).toHaveLength(9);
		expect(runbook.contacts.filter((contact) => contact.channels.every((channel) => channel.placeholder))).toHaveLength(7);
		expect(runbook.fences).toHaveLength(7);
		expect(runbook.fences.filter((fence) => fence.runnable)).toHaveLength(5);
		expect(runbook.fences.filter((fence) => fence.commentOnly).map((fence) => fence.line)).toEqual([214, 352]);
		expect(runbook.commands.map((ref) => ref.label)).toEqual(['Health check', 'Check build', 'Run tests', 'Type check', 'Lint check']);
		expect(runbook.urls).toHaveLength(4);
		expect(runbook.unowned).toEqual([]);
	});
});

describe.skipIf(!existsSync(corpus))('the corpus (skipped: ../shared is not beside the checkout)', () => {
	const draft = existsSync(corpus) ? readFileSync(`${corpus}README.md`, 'utf8') : '';
	const rows = [...draft.matchAll(/(D\d\d) (\d+)\/(\d+)\/(\d+)\/(\d+) of (\d+)\/(\d+)\/(\d+)\/(yes|no)/g)];

	it.each(rows.map((row) => [row[1] ?? '', row]))('%s gives the counts of its README, within 1', (name, row) => {
		const file = readdirSync(corpus).find((entry) => entry.startsWith(`${name}_`));
		const runbook = read(`${corpus}${file}`);
		const [issues, procedures, steps, runnable, fences, tasks, contacts] = row.slice(2, 9).map(Number);
		const tasksFound = runbook.checklists.flatMap((list) => list.items).filter((item) => item.done !== null).length;
		const near = (found: number, wanted: number | undefined): void => {
			expect(Math.abs(found - (wanted ?? 0))).toBeLessThanOrEqual(1);
		};
		near(runbook.issues.length, issues);
		near(runbook.procedures.length, procedures);
		near(countListSteps(runbook), steps);
		near(runbook.contacts.length, contacts);
		expect([
			runbook.fences.filter((fence) => fence.runnable).length,
			runbook.fences.length,
			tasksFound,
			runbook.rollback ? 'yes' : 'no',
		]).toEqual([runnable, fences, tasks, row[9]]);
		expect(runbook.unowned).toEqual([]);
	});
});
