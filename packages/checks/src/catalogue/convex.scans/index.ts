import { z } from 'zod';
import { describeGap, groupByFunction, logRequires, nameWindow, readConvexLog, windowParam } from '../../convex/read-log.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { judgeReads, measureReads, type Reads } from './judge-reads.ts';

export const convexScans = defineCheck({
	id: 'convex.scans',
	title: 'Convex functions read by index',
	question: 'Does a function read far more documents than it returns, as it does without an index?',
	explains:
		'Takes documents read, bytes read and bytes returned of each execution from the deployment’s log. Bytes read per byte returned stands for documents read per document returned, which is the sign of a missing index; results from the cache and executions before the last push of code are left out. ok: no execution reads `warn` documents and returns less than one in `ratio` of them. warn: one does. fail: one reads `fail` documents so, or is near the 32,000 at which the deployment ends a function. unknown: nothing read documents in the window, no key, no answer. Convex advises an index from about 1,000 documents on.',
	requires: [...logRequires, 'executions in the window'],
	needs: ['convex.reachable'],
	params: z.object({
		warn: z
			.int()
			.min(1)
			.max(32_000)
			.default(200)
			.meta({ description: 'Documents read by one execution from which it warns', example: 'warn=200' }),
		fail: z
			.int()
			.min(1)
			.max(32_000)
			.default(1000)
			.meta({ description: 'Documents read by one execution from which it fails', example: 'fail=1000' }),
		ratio: z
			.int()
			.min(2)
			.max(100_000)
			.default(20)
			.meta({ description: 'Documents read per document returned from which it is taken for a scan', example: 'ratio=20' }),
		window: windowParam(),
	}),
	deadlineMs: 9000,
	run: async (context, { warn, fail, ratio, window: minutes }) => {
		const answer = await readConvexLog(context, minutes);
		if (answer.kind === 'none') return answer.outcome;
		const { log, current, subject } = answer;
		const limits = { warn, fail, ratio };
		const rows = measureReads(groupByFunction(current), limits);
		const most = rows[0];
		if (most === undefined)
			return {
				state: 'unknown',
				reason: `No execution in ${nameWindow(minutes)} read documents by the log, so nothing can be said of indexes`,
				enable: 'ask again under load, or look further back: window=60',
				subject,
			};
		const findings = judgeReads(rows, limits);
		const good = `No function scans: ${most.path} reads most, ${most.documents} document${most.documents === 1 ? '' : 's'} in one execution${describeGap(log)}`;
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : good,
			findings,
			evidence: [showRows(rows)],
			measurements: [{ name: 'most documents read', value: most.documents, unit: 'count' }],
			subject,
		};
	},
});

const maxShown = 20;

function showRows(rows: readonly Reads[]) {
	const lines = rows
		.slice(0, maxShown)
		.map(
			({ path, kind, documents, ratio }) =>
				`${path}  ${kind}  ${documents} documents  ${ratio === null ? 'bytes returned not told' : `${Number(ratio.toFixed(1))} bytes read per byte returned`}`,
		);
	return {
		title: 'Reads by function',
		kind: 'table' as const,
		body: lines.join('\n'),
		...(rows.length > maxShown ? { truncated: true } : {}),
	};
}
