import { showLogLine } from '../../functions/begin-execution.mjs';

/** @import { LogEntry } from '../../functions/functions.d.ts' */
/** @import { Route } from '../http.d.ts' */

const LONG_POLL_MS = 60_000;

/** The function log (crates/local_backend/src/logs.rs): answers when there is something after the cursor, or after a minute. @type {Route} */
const streamFunctionLogs = async ({ log }, { query, headers, gone }) => {
	const structured = /npm-cli|dashboard/.test(String(headers['convex-client'] ?? ''));
	const { entries, newCursor } = await entriesAfter(log, Number(query.get('cursor') ?? 0), gone);
	return { entries: structured ? entries : entries.map(withTextLines), newCursor };
};

/** Its older form: completions with text lines. @type {Route} */
const streamExecutions = async ({ log }, { query, gone }) => {
	const { entries, newCursor } = await entriesAfter(log, Number(query.get('cursor') ?? 0), gone);
	return { entries: entries.map(({ kind: _kind, ...entry }) => ({ ...entry, logLines: entry.logLines.map(showLogLine) })), newCursor };
};

/** @type {Readonly<Record<string, Route>>} */
export const logs = {
	'/api/stream_function_logs': streamFunctionLogs,
	'/api/app_metrics/stream_function_logs': streamFunctionLogs,
	'/api/stream_udf_execution': streamExecutions,
	'/api/app_metrics/stream_udf_execution': streamExecutions,
};

/** @param {import('../../functions/functions.d.ts').FunctionLog} log @param {number} cursor @param {AbortSignal} gone */
async function entriesAfter(log, cursor, gone) {
	await log.wait(cursor, LONG_POLL_MS, gone);
	const entries = log.entries.filter(({ timestamp }) => timestamp > cursor);
	return { entries, newCursor: entries.at(-1)?.timestamp ?? cursor };
}

/** @param {LogEntry} entry */
const withTextLines = (entry) => ({ ...entry, logLines: entry.logLines.map(showLogLine) });
