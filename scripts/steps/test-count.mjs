/**
 * Counts what the test runner's own report says happened.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {{ status: string, fullName: string }} ReportedTest
 * @typedef {{ name: string, status: string, message?: string, assertionResults: ReportedTest[] }} ReportedFile
 * @typedef {{ testResults: ReportedFile[] }} Report
 */

/** @type {Count} */
export const NOTHING = Object.freeze({ passed: 0, failed: 0, skipped: 0 });

/**
 * A test file that fails outside of its tests (it does not load, a hook throws) counts as one failure, because its tests were not judged.
 *
 * @param {Report} report Vitest's JSON report.
 * @returns {Count}
 * @throws {TypeError} On a state that is not known: a test must never vanish from the count.
 */
export function countReport(report) {
	const count = { ...NOTHING };
	for (const file of report.testResults) {
		let failedTests = 0;
		for (const test of file.assertionResults) {
			const kind = kindOf(test.status);
			count[kind] += 1;
			if (kind === 'failed') failedTests += 1;
		}
		if (file.status === 'failed' && failedTests === 0) count.failed += 1;
	}
	return count;
}

/**
 * @param {readonly Count[]} counts
 * @returns {Count}
 */
export function addCounts(counts) {
	const sum = { ...NOTHING };
	for (const count of counts) {
		sum.passed += count.passed;
		sum.failed += count.failed;
		sum.skipped += count.skipped;
	}
	return sum;
}

/** @param {Count} count */
export function formatCount(count) {
	return `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
}

/**
 * @param {string} status
 * @returns {'passed' | 'failed' | 'skipped'}
 */
function kindOf(status) {
	switch (status) {
		case 'passed':
		case 'failed':
		case 'skipped':
			return status;
		case 'pending':
		case 'todo':
		case 'disabled':
			return 'skipped';
		default:
			throw new TypeError(`The test report holds the state "${status}"; expected passed, failed, skipped, pending, todo or disabled.`);
	}
}
