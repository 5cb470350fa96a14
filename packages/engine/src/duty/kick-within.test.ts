import { expect, it, vi } from 'vitest';
import { createHurry } from './kick-within.ts';

it('makes one turn of several that are in a hurry, at the earliest time wanted, and none after it was stopped', () => {
	vi.useFakeTimers();
	try {
		const kick = vi.fn();
		const hurry = createHurry(kick, () => Date.now());
		hurry.within(500);
		hurry.within(50);
		hurry.within(200);
		vi.advanceTimersByTime(49);
		expect(kick).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1000);
		expect(kick).toHaveBeenCalledTimes(1);
		hurry.within(50);
		hurry.stop();
		vi.advanceTimersByTime(1000);
		expect(kick).toHaveBeenCalledTimes(1);
	} finally {
		vi.useRealTimers();
	}
});
