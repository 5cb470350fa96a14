import { z } from 'zod';
import type { Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { readKitReport } from '../../kit/read-kit-report.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { redactText } from '../../probe/redact.ts';
import { judgeLog } from './judge-log.ts';

export const logsErrors = defineCheck({
	id: 'logs.errors',
	title: 'The application’s log is quiet',
	question: 'Did the application write errors lately?',
	explains:
		'Reads the end of the application’s log on this machine (`log: {file}`; JSON or plain lines, the last MiB) and counts errors of the last `minutes`, the most frequent first. ok: none. warn: fewer than `fail`. fail: that many or more. Errors before the last start of the process (kit) are notes. It speaks of the past: it names no cause by itself. unknown: no log is configured, it cannot be read, or its errors carry no time.',
	requires: ['`log: {file}` in holdfast.yaml'],
	needs: [],
	params: z.object({
		minutes: z.int().min(1).max(1440).default(15).meta({ description: 'How far back it looks, in minutes', example: 'minutes=15' }),
		fail: z.int().min(1).max(100_000).default(5).meta({ description: 'Errors from which it fails', example: 'fail=5' }),
	}),
	deadlineMs: 9500,
	run: async (context, { minutes, fail }): Promise<Outcome> => {
		const { logFile } = context.service;
		if (logFile === undefined)
			return {
				state: 'unknown',
				reason: 'It is not known where the application’s log is',
				enable: 'set `log: {file: PATH}` for the service in holdfast.yaml',
			};
		const [tail, kit] = await Promise.all([context.vendors.serverFiles.readLog(logFile, context.signal), readKitReport(context)]);
		if (tail.kind === 'no-answer')
			return {
				state: 'unknown',
				reason: `The log cannot be read: ${tail.reason}`,
				enable: tail.enable ?? 'make the file readable for holdfast',
			};
		const startedAt = kit.kind === 'report' ? Date.parse(kit.report.holdfast.process.startedAt) - kit.skewMs : null;
		const judged = judgeLog(tail.value, { from: context.now() - minutes * 60_000, startedAt, minutes, fail });
		const evidence =
			judged.groups.length === 0
				? []
				: [
						{
							title: 'Errors of the log',
							kind: 'table' as const,
							body: judged.groups
								.map(({ text, count, lastAt }) => `${count} ×  ${lastAt ?? ''}  ${redactText(text.slice(0, 300))}`)
								.join('\n'),
							...(tail.value.cut ? { truncated: true } : {}),
						},
					];
		const measured = { findings: judged.findings.map((finding) => ({ ...finding, message: redactText(finding.message) })), evidence };
		if (judged.count === 0 && judged.undated > 0)
			return {
				...measured,
				state: 'unknown',
				reason: `The log holds ${judged.undated} errors that do not say when they were written`,
				enable: 'write log lines with a time: JSON with a `time` field, or ISO 8601 at the beginning',
			};
		const state = stateOf(judged.findings);
		return {
			...measured,
			state,
			reason:
				state === 'ok'
					? `No errors in the last ${minutes} min (log last written ${tail.value.writtenAt})`
					: redactText(summariseFindings(judged.findings)),
			measurements: [{ name: 'errors', value: judged.count, unit: 'count' }],
		};
	},
});
