import { expect, it } from 'vitest';
import { createGate } from './gate.ts';

it('lets no more in than it may, in their order, and the next one also after a failure', async () => {
	const gate = createGate(2);
	const order: number[] = [];
	let [running, most] = [0, 0];
	const task = (number: number) =>
		gate(async () => {
			running += 1;
			most = Math.max(most, running);
			await new Promise((resolve) => setImmediate(resolve));
			running -= 1;
			order.push(number);
			if (number === 1) throw new Error('one fails');
		});
	const results = await Promise.allSettled([0, 1, 2, 3, 4].map(task));
	expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
	expect([most, running]).toEqual([2, 0]);
	expect(order).toEqual([0, 1, 2, 3, 4]);
});
