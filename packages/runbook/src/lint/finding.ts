export type LintSeverity = 'error' | 'warning' | 'info';

/** Something in a document that a reader would trip over. */
export interface LintFinding {
	/** `LN4`, as in SPEC.md. */
	readonly rule: string;
	/** `error`: wrong or dangerous as it stands; `warning`: will fail somebody; `info`: worth knowing. */
	readonly severity: LintSeverity;
	readonly line: number;
	readonly column: number;
	/** One sentence: what stands there. Never holds the value of a secret. */
	readonly message: string;
	/** What to do. */
	readonly hint: string;
}

export interface LintOptions {
	/** `2026-11-23`: what "today" means for dates in the document; without it no date is stale. */
	readonly today?: string;
}
