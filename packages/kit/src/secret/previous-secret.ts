import { type ConfigurationProblem, findSecretProblem } from './configuration-problem.ts';

/** How seldom a left out previous secret is logged: it harms only those whose session or token is from before the rotation. */
export const PREVIOUS_LOG_MS = 3_600_000;

export interface PreviousSecret {
	/** The secret if it can be used, else nothing. */
	readonly secrets: readonly string[];
	readonly warnings: readonly ConfigurationProblem[];
}

/**
 * Reads the previous secret of a rotation; an empty one counts as none. One that cannot be used is a warning and not a problem:
 * the current secret is fine, and nobody new should be kept out.
 */
export function readPreviousSecret(variable: string, value: string | undefined): PreviousSecret {
	if (value === undefined || value === '') return { secrets: [], warnings: [] };
	const problem = findSecretProblem(variable, value);
	return problem === null ? { secrets: [value], warnings: [] } : { secrets: [], warnings: [problem] };
}
