/** The state that findings add up to. */
import type { Finding, State } from '../contract.ts';

/** @returns the worst of the findings; notes (`info`) change nothing; none is `ok`. */
export function stateOf(findings: readonly Finding[]): Exclude<State, 'unknown'> {
	if (findings.some((finding) => finding.severity === 'fail')) return 'fail';
	return findings.some((finding) => finding.severity === 'warn') ? 'warn' : 'ok';
}

/** @returns the finding to say first: the first of the worst. */
export function worstFinding(findings: readonly Finding[]): Finding | undefined {
	return findings.find((finding) => finding.severity === 'fail') ?? findings.find((finding) => finding.severity === 'warn') ?? findings[0];
}

/** @returns the worst finding's message and how many more of its kind there are: `… (and 2 more)`. */
export function summariseFindings(findings: readonly Finding[]): string {
	const worst = worstFinding(findings);
	if (worst === undefined) return '';
	const more = findings.filter((finding) => finding.severity === worst.severity).length - 1;
	return more === 0 ? worst.message : `${worst.message} (and ${more} more)`;
}
