/** Why an operation was refused; each rim maps it to its own form (exit code, HTTP status). */
export type OperationErrorCode = 'not_found' | 'forbidden' | 'conflict' | 'invalid' | 'limit' | 'precondition';

/** A place in a file (or none) with one thing that is wrong there. */
export interface SourceProblem {
	/** As the person named it, or relative to the working directory; null when no file is meant. */
	readonly file: string | null;
	/** 1-based; null when the problem is not at one place. */
	readonly line: number | null;
	readonly column: number | null;
	/** One sentence: what was expected, what came. */
	readonly message: string;
	/** What to do; empty when the message says it. */
	readonly hint: string;
}

export interface OperationErrorOptions {
	/** The next command to run or the next thing to do. */
	readonly hint?: string;
	/** All problems at once, in document order. */
	readonly problems?: readonly SourceProblem[];
	readonly cause?: unknown;
}

/** An operation that was refused or could not be done, in words meant for a person. */
export class OperationError extends Error {
	readonly code: OperationErrorCode;
	readonly hint: string | null;
	readonly problems: readonly SourceProblem[];

	constructor(code: OperationErrorCode, message: string, options: OperationErrorOptions = {}) {
		super(message, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'OperationError';
		this.code = code;
		this.hint = options.hint ?? null;
		this.problems = options.problems ?? [];
	}
}
