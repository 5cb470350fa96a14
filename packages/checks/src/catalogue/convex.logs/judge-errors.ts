/** Which functions fail now, by the log. Pure. */
import type { Finding } from '../../contract.ts';
import type { FunctionRuns } from '../../convex/read-log.ts';

export interface ErrorWindow {
	/** `the last 15 minutes`. */
	readonly words: string;
	/** Milliseconds since the epoch; errors before it are notes: the application began anew since. Null: not known. */
	readonly processStartedAt: number | null;
}

/** So many successes in a row, or as many as there were errors, and it has stopped. */
const recovered = 3;

/** @returns a finding for each function that failed, the worst first. */
export function judgeErrors(functions: readonly FunctionRuns[], window: ErrorWindow): readonly Finding[] {
	const findings = functions.flatMap((runs) => judgeFunction(runs, window) ?? []);
	const rank = { fail: 0, warn: 1, info: 2 } as const;
	return findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]);
}

function judgeFunction({ path, executions }: FunctionRuns, window: ErrorWindow): Finding | null {
	const errors = executions.filter(({ error }) => error !== null);
	const last = errors.at(-1);
	if (last === undefined) return null;
	const after = executions.length - 1 - executions.lastIndexOf(last);
	const told = `${path} failed ${errors.length} of ${executions.length} times in ${window.words}`;
	const severity = readSeverity(after, errors.length, last.at, window);
	const tail =
		severity === 'info'
			? after > 0
				? `, not in its last ${after === 1 ? 'run' : `${after} runs`}`
				: ', before the application’s last start'
			: '';
	return {
		code: 'logs.function-errors',
		severity,
		message: `${told}${tail}: ${(last.error ?? '').split('\n')[0]?.slice(0, 200) ?? ''}`,
		fix: `look at ${path} and at the log of the deployment in the Convex dashboard`,
	};
}

/** @param after successes since the last error. */
function readSeverity(after: number, errorCount: number, lastAt: string, { processStartedAt }: ErrorWindow): Finding['severity'] {
	if (after >= Math.min(recovered, errorCount)) return 'info';
	if (processStartedAt !== null && Date.parse(lastAt) < processStartedAt) return 'info';
	return after === 0 ? 'fail' : 'warn';
}
