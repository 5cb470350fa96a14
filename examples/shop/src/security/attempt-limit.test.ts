import { expect, it } from 'vitest';
import { createAttemptLimit } from './attempt-limit.ts';

function make() {
	let now = 0;
	const limit = createAttemptLimit(3, 60_000, () => now);
	return {
		limit,
		pass: (ms: number) => {
			now += ms;
		},
	};
}

it('lets a key wait after too many attempts, until the window is over', () => {
	const { limit, pass } = make();
	for (let i = 0; i < 3; i++) {
		expect(limit.secondsToWait('ada')).toBe(0);
		limit.recordAttempt('ada');
		pass(10_000);
	}
	expect(limit.secondsToWait('ada')).toBe(30);
	expect(limit.secondsToWait('ben')).toBe(0);
	pass(30_000);
	expect(limit.secondsToWait('ada')).toBe(0);
});

it('forgets attempts after a success', () => {
	const { limit } = make();
	limit.recordAttempt('ada');
	limit.recordAttempt('ada');
	limit.recordSuccess('ada');
	limit.recordAttempt('ada');
	expect(limit.secondsToWait('ada')).toBe(0);
});

it('does not count an attempt that came to nothing', () => {
	const { limit } = make();
	for (let i = 0; i < 5; i++) {
		limit.recordAttempt('ada');
		limit.takeBack('ada');
	}
	limit.takeBack('ben');
	expect(limit.secondsToWait('ada')).toBe(0);
	for (let i = 0; i < 3; i++) limit.recordAttempt('ada');
	expect(limit.secondsToWait('ada')).toBe(60);
});

it('does not grow without end', () => {
	const { limit } = make();
	for (let i = 0; i < 3; i++) limit.recordAttempt('first');
	for (let i = 0; i < 10_000; i++) limit.recordAttempt(`made-up-${i}`);
	expect(limit.secondsToWait('first')).toBe(0);
});
