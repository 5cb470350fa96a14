import { describe, expect, it } from 'vitest';
import { addCounts, countReport, formatCount, NOTHING } from '../../scripts/steps/test-count.mjs';

const file = (status: string, ...states: string[]) => ({
	name: 'a.test.ts',
	status,
	assertionResults: states.map((state) => ({ status: state, fullName: 'x' })),
});

describe('countReport', () => {
	it('counts every state once', () => {
		const report = { testResults: [file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed', 'pending', 'todo')] };
		expect(countReport(report)).toEqual({ passed: 2, failed: 1, skipped: 3 });
	});

	it('counts a file that failed outside of its tests as one failure', () => {
		expect(countReport({ testResults: [file('failed'), file('failed', 'passed')] })).toEqual({ passed: 1, failed: 2, skipped: 0 });
	});

	it('refuses a state that it does not know rather than lose a test', () => {
		expect(() => countReport({ testResults: [file('passed', 'flaky')] })).toThrow('holds the state "flaky"');
	});
});

it('adds and prints', () => {
	const sum = addCounts([NOTHING, { passed: 2, failed: 1, skipped: 0 }, { passed: 1, failed: 0, skipped: 4 }]);
	expect(formatCount(sum)).toBe('3 passed, 1 failed, 4 skipped');
});
