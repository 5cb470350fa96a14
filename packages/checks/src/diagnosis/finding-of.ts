/** The one finding that an observation is shown by. */
import type { Finding, Observation } from '../contract.ts';

const weights: Readonly<Record<Finding['severity'], number>> = { fail: 0, warn: 1, info: 2 };

/**
 * The gravest finding, the first of several; an observation without findings speaks by its reason and its check's id.
 * @param speaking only findings with these codes are considered, where any has one.
 */
export function findingOf(observation: Observation, speaking?: RegExp): Finding {
	const fitting = speaking === undefined ? [] : observation.findings.filter((finding) => speaking.test(finding.code));
	const pool = fitting.length > 0 ? fitting : observation.findings;
	const best = pool.toSorted((a, b) => weights[a.severity] - weights[b.severity])[0];
	if (best !== undefined) return best;
	return { code: observation.check, severity: observation.state === 'fail' ? 'fail' : 'warn', message: observation.reason };
}

/** Codes of the findings that make it fail; of a failing observation without such a finding: all its codes. */
export function codesOf(observation: Observation): readonly string[] {
	const failing = observation.findings.filter((finding) => finding.severity === 'fail');
	return (failing.length > 0 ? failing : observation.findings).map((finding) => finding.code);
}
