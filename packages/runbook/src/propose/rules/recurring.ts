import { nothing, type Rule } from '../rule.ts';

/** B64: items of recurring lists are tasks, due as often as their list says. */
export const recurringRules: readonly Rule[] = [
	{
		id: 'B64',
		about: 'an item of a daily, weekly, … list',
		on: ['item'],
		certainty: 'certain',
		propose: (subject) => (subject.period === null ? nothing : [{ kind: 'task', id: subject.period, params: {} }]),
	},
];
