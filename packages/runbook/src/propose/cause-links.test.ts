import { describe, expect, it } from 'vitest';
import { bindingOf, issueOf, lineOf, stepOf } from '../directive/fixtures/runbook-of.ts';
import type { Binding, Step } from '../model.ts';
import { proposeCauses } from './cause-links.ts';

function link(
	causes: readonly string[],
	steps: readonly Step[],
	bindings: Readonly<Record<string, readonly Binding[]>> = {},
): readonly string[] {
	const issue = issueOf({ causes: causes.map((text, index) => lineOf(text, index + 1, [], `cause-${index + 1}`)), steps });
	return proposeCauses(issue, (address) => bindings[address] ?? []).map(
		({ line, binding }) => `${line}:${binding.id} ${binding.certainty}`,
	);
}

const reach = bindingOf('check', 'convex.reachable', {}, { rule: 'B29', certainty: 'certain' });

describe('B66: which cause a step looks into', () => {
	it('goes by words that one cause alone has, in whatever form', () => {
		expect(link(['Slow queries', 'Full disk'], [stepOf('Look at each query', 10), stepOf('Look at the disks', 11)])).toEqual([
			'10:1 certain',
			'11:2 certain',
		]);
	});

	it('goes by names of variables', () => {
		expect(link(['Session secret wrong', 'CSRF token wrong'], [stepOf('Look at it', 10, { envs: ['CSRF_SECRET'] })])).toEqual([]);
		expect(
			link(['Session secret wrong', 'CSRF token wrong'], [stepOf('Verify session handling', 10, { envs: ['SESSION_SECRET'] })]),
		).toEqual(['10:1 certain']);
	});

	it('goes by a check that both are bound to, where words do not decide', () => {
		const causes = ['Convex URL wrong', 'Convex deployment down'];
		expect(link(causes, [stepOf('Test Convex', 10)])).toEqual([]);
		expect(link(causes, [stepOf('Test Convex', 10)], { 'step-10': [reach], 'cause-2': [reach] })).toEqual(['10:2 certain']);
	});

	it('says nothing where two causes fit as well, or none', () => {
		expect(link(['Disk full', 'Disk slow'], [stepOf('Check the disk', 10)])).toEqual([]);
		expect(link(['Disk full'], [stepOf('Check the logs for errors', 10)])).toEqual([]);
	});

	it('ties no step that changes something; its substeps are asked one by one', () => {
		const inner = stepOf('Review slow queries', 11);
		expect(link(['Inefficient queries'], [stepOf('Optimize queries', 10, { substeps: [inner, stepOf('Add query hints', 12)] })])).toEqual([
			'11:1 certain',
		]);
	});

	it('does not tie a whole step because one of its substeps measures a cause', () => {
		const step = stepOf('Monitor the rest', 10, { substeps: [stepOf('One thing', 11), stepOf('Another', 12)] });
		expect(link(['Convex deployment down'], [step], { 'step-11': [reach], 'cause-1': [reach] })).toEqual(['11:1 certain']);
	});
});
