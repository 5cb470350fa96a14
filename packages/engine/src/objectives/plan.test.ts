import { readRunbook } from '@holdfast/runbook/read';
import { expect, it } from 'vitest';
import { planMonitors } from '../monitors/decide.ts';
import { planObjectives } from './plan.ts';

function runbookOf(...lines: readonly string[]) {
	const result = readRunbook(`# R\n\n## Monitoring Checklist\n\n### Application\n\n${lines.map((line) => `- [ ] ${line}`).join('\n')}\n`);
	if (!result.ok) throw new Error('expected a runbook');
	return result.runbook;
}

it('a line about uptime is an objective, and no line without a check any more', () => {
	const runbook = runbookOf('Uptime > 99.9%', 'Bread is warm', 'Error rate < 1%', 'Uptime > 99%');
	expect(planObjectives(runbook).wanted).toEqual([
		{ name: 'uptime', title: 'Uptime > 99.9%', line: 7, target: 0.999, windowMs: 30 * 86_400_000 },
	]);
	expect(planMonitors(runbook).unwatched.map(({ text }) => text)).toEqual(['Bread is warm', 'Error rate < 1%']);
});

it.each(['Uptime 100%', 'Uptime > 100%', 'Uptime < 99%', 'Uptime > 30 days', 'Uptime'])('"%s" is none', (line) => {
	expect(planObjectives(runbookOf(line)).wanted).toEqual([]);
});

it('the configuration overrides, adds and takes away', () => {
	const runbook = runbookOf('Availability at least 99.5%', 'Uptime > 99.9%');
	const { wanted, problems } = planObjectives(runbook, {
		uptime: { off: true },
		availability: { target: 99, window: '7d' },
		night: { target: 95 },
	});
	expect(problems).toEqual([]);
	expect(wanted.map(({ name, target, windowMs, line }) => [name, target, windowMs / 86_400_000, line !== null])).toEqual([
		['availability', 0.99, 7, true],
		['night', 0.95, 30, false],
	]);
});

it('refuses what has no target, or a window that cannot be measured', () => {
	const { wanted, problems } = planObjectives(runbookOf('Uptime > 99.9%'), { night: {}, uptime: { window: '1h' } }, 'holdfast.yaml');
	expect(wanted.map(({ name }) => name)).toEqual(['uptime']);
	expect(problems.map(({ message }) => message)).toEqual([
		'objectives: night has no target, and no line of the runbook gives one',
		'objectives: uptime: window: expected from 1d to 90d, got 1h',
	]);
});
