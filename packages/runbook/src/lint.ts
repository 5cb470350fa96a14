/** What a reader of a runbook would trip over (SPEC.md). */
export type { LintFinding, LintOptions, LintSeverity } from './lint/finding.ts';
export { lintRunbook } from './lint/lint-runbook.ts';
