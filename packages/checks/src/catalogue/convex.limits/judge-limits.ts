/** Signs in a log that the deployment refuses work: its own codes and sentences, not those of an application's rate limiter. Pure. */
import type { Finding } from '../../contract.ts';
import type { ConvexExecution } from '../../vendors.ts';

/** https://docs.convex.dev/production/state/limits; the codes are those of the open source backend. */
const refusals = [
	{
		code: 'limits.rate-limited',
		pattern: /TooManyConcurrent\w*|too many concurrent/i,
		words: 'too many functions at once',
		fix: 'call fewer functions at once, make them shorter, or take a larger deployment class',
	},
	{
		code: 'limits.rate-limited',
		pattern: /TooManyWrites|write throughput|too many writes per second/i,
		words: 'too many bytes written per second',
		fix: 'write less at once, or take a larger deployment class',
	},
	{
		code: 'limits.rate-limited',
		pattern: /\b429\b|RateLimited\b/,
		words: 'too many requests',
		fix: 'call fewer functions at once, or take a larger deployment class',
	},
	{
		code: 'limits.overloaded',
		pattern: /WorkerOverloaded|ExpiredInQueue|ExecuteFullError|CommitterFullError/,
		words: 'the deployment is overloaded',
		fix: 'look at status.convex.dev, and call fewer functions at once',
	},
	{
		code: 'limits.transaction',
		pattern: /TooManyDocumentsRead|TooManyBytesRead|TooManyReads|too many (?:documents|bytes|reads)\b.{0,40}single function execution/i,
		words: 'one execution reads more than a function may',
		fix: 'read by an index and in pages; holdfast check convex.scans',
	},
] as const;

/** @param executions oldest first. @param words `the last 15 minutes`. @returns one finding for each kind of refusal; a note where the function has succeeded since. */
export function judgeLimits(executions: readonly ConvexExecution[], words: string): readonly Finding[] {
	return refusals.flatMap(({ code, pattern, words: what, fix }) => {
		const hits = executions.filter((execution) => sayings(execution).some((text) => pattern.test(text)));
		const last = hits.at(-1);
		if (last === undefined) return [];
		const since = executions.slice(executions.lastIndexOf(last) + 1);
		const stopped = since.filter(({ path, error }) => path === last.path && error === null).length >= Math.min(3, hits.length);
		const times = `${hits.length} time${hits.length === 1 ? '' : 's'}`;
		const message = `${last.path} was refused ${times} in ${words}: ${what}${stopped ? ', and has run since' : ''}`;
		return [{ code, severity: stopped ? ('info' as const) : ('fail' as const), message, fix }];
	});
}

function sayings({ error, lines }: ConvexExecution): readonly string[] {
	return error === null ? lines : [error, ...lines];
}
