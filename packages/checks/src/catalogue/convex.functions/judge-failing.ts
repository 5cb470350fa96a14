/** Which functions fail right now, by the deployment's log. Pure. */
import type { Finding } from '../../contract.ts';
import type { FunctionRuns } from '../../convex/read-log.ts';

/** How old the last failure of a function may be to count as now, in milliseconds. */
const nowMs = 120_000;

/** What functions say on purpose (ConvexError), and callers that ask wrongly: no fault of the function. */
const onPurpose = /ConvexError|ArgumentValidation|Unauthenticated|Could not find (?:public )?function/;

/** @param now milliseconds since the epoch. @returns one finding that names every function that only fails; null when none does. */
export function judgeFailing(functions: readonly FunctionRuns[], now: number): Finding | null {
	const failing = functions.filter(({ executions, kind }) => {
		if (kind === 'http-action') return false;
		const recent = executions.filter(({ at }) => now - Date.parse(at) <= nowMs);
		return recent.length > 0 && recent.every(({ error }) => error !== null && !onPurpose.test(error));
	});
	const [first] = failing;
	if (first === undefined) return null;
	const error = first.executions.at(-1)?.error?.split('\n')[0]?.slice(0, 200) ?? '';
	const others = failing.length === 1 ? '' : ` (and ${failing.length - 1} more)`;
	return {
		code: 'functions.failing',
		severity: 'fail',
		message: `${first.path}${others} fails each time it is called: ${error}`,
		fix: `look at ${first.path} and at what was pushed last: npx convex logs; going back means deploying the code of before`,
	};
}
