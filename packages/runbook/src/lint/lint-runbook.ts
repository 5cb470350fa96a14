import type { Runbook } from '../model.ts';
import type { LintFinding, LintOptions } from './finding.ts';
import { buildLintContext, type LintContext } from './lint-context.ts';
import { findTroubledCommands } from './rules/commands.ts';
import { findStaleDates } from './rules/dates.ts';
import { findHollowFences } from './rules/fences.ts';
import { findDeadAnchors, findUndefinedReferences } from './rules/links.ts';
import { findOpenPlaceholders } from './rules/placeholders.ts';
import { findSecrets } from './rules/secrets.ts';
import { findDuplicateTitles, findEmptySections } from './rules/structure.ts';
import { findUnverifiedChanges } from './rules/verification.ts';

/** Adding a rule is its file and one line here. */
const rules: readonly ((context: LintContext) => readonly LintFinding[])[] = [
	findOpenPlaceholders,
	findHollowFences,
	findDeadAnchors,
	findUndefinedReferences,
	findDuplicateTitles,
	findUnverifiedChanges,
	findTroubledCommands,
	findSecrets,
	findEmptySections,
	findStaleDates,
];

/**
 * What a reader of the document would trip over (rules LN1 to LN13 of SPEC.md), in the order of its lines. The model and the
 * text must belong together. No message repeats a secret.
 */
export function lintRunbook(runbook: Runbook, text: string, options: LintOptions = {}): readonly LintFinding[] {
	const context = buildLintContext(runbook, text, options);
	return rules.flatMap((rule) => rule(context)).toSorted((a, b) => a.line - b.line || a.column - b.column);
}
