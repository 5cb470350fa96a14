import { issueTitles } from './fault.mjs';

/**
 * @typedef {object} NamedCause A cause in the runbook's own words.
 * @property {import('./fault.mjs').CauseRef} ref
 * @property {string} issue Title of its issue.
 * @property {number} issueLine
 * @property {string} text
 * @property {number} line
 */

/**
 * The runbook's words for causes. Pure.
 *
 * @param {readonly { title: string, line: number, causes: readonly { text: string, line: number }[] }[]} issues Of the example's runbook.
 * @param {readonly import('./fault.mjs').CauseRef[]} refs
 * @returns {NamedCause[]}
 * @throws {Error} For a cause that the runbook does not have.
 */
export function nameCauses(issues, refs) {
	return refs.map((ref) => {
		const [short = '', number] = ref.split('/');
		const title = Object.entries(issueTitles).find(([name]) => name === short)?.[1];
		const issue = issues.find((each) => each.title === title);
		const cause = issue?.causes[Number(number) - 1];
		if (issue === undefined || cause === undefined) throw new Error(`${ref}: expected a cause of the example's runbook, got none there`);
		return { ref, issue: issue.title, issueLine: issue.line, text: cause.text, line: cause.line };
	});
}
