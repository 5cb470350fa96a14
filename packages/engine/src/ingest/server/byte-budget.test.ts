import { expect, it } from 'vitest';
import { createByteBudget, openAllowance } from './byte-budget.ts';

it('gives what there is, and gets back all that a request took', () => {
	const budget = createByteBudget(100);
	const [one, other] = [openAllowance(budget), openAllowance(budget)];
	expect([one.take(60), other.take(60), other.take(40), one.take(1)]).toEqual([true, false, true, false]);
	one.release();
	expect([budget.used(), budget.has(60), budget.has(61)]).toEqual([40, true, false]);
	one.release();
	other.giveBack(10);
	other.release();
	expect(budget.used()).toBe(0);
});
