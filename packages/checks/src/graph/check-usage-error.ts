/** Checks asked for wrongly: nothing was run. All problems at once. */
export interface UsageProblem {
	/** The check id as given. */
	readonly check: string;
	/** The parameter in question; null when the id itself is unknown. */
	readonly param: string | null;
	/** One sentence: what was expected, what came. */
	readonly message: string;
	/** What to do: the nearest name, or an example. */
	readonly hint: string;
}

export class CheckUsageError extends Error {
	readonly problems: readonly UsageProblem[];

	constructor(problems: readonly UsageProblem[]) {
		super(problems.map((problem) => `${problem.message}${problem.hint === '' ? '' : ` ${problem.hint}`}`).join('\n'));
		this.name = 'CheckUsageError';
		this.problems = problems;
	}
}
