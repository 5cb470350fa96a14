import type { SourceProblem } from '@holdfast/engine/operations';
import type { ExitCode } from '../exit-code.ts';
import { renderProblems } from '../render/problems.ts';
import { type GlobalOptions, type Session, stderrLayout } from '../session.ts';

/** Says on stderr what is wrong in a document that was read all the same; problems make it invalid, warnings do not. */
export function tellProblems(
	session: Session,
	options: GlobalOptions,
	{ problems, warnings = [] }: { readonly problems: readonly SourceProblem[]; readonly warnings?: readonly SourceProblem[] },
): ExitCode {
	const all = [...problems, ...warnings];
	if (all.length > 0) session.io.stderr(`${renderProblems(all, stderrLayout(session.io, options.color !== false)).join('\n')}\n`);
	return problems.length > 0 ? 2 : 0;
}
