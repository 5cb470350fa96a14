import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { logLineBytes, logLinesOfFunction } from '../limits.mjs';
import { PlainError } from './error-words.mjs';

/** @import { TransactionUsage } from '../data/data.d.ts' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @import { Execution, LogLine, Origin } from './functions.d.ts' */

/** What one read document costs on a deployment, in milliseconds: makes a full scan slower than an index, which convex-test alone does not. */
const DOCUMENT_MS = 0.02;

/** @param {Origin} origin @param {Execution['type']} type @param {string} identifier @returns {Execution} */
export function beginExecution(origin, type, identifier) {
	const execution = {
		id: randomUUID(),
		requestId: origin.requestId,
		parentId: origin.parentId,
		type,
		identifier,
		caller: origin.caller,
		identity: origin.identity,
		lines: [],
		beganAt: performance.now(),
	};
	origin.execution = execution;
	return execution;
}

/** Where the call in hand comes from. @param {Deployment} deployment @returns {Origin} */
export function originOf({ origins }) {
	return origins.getStore() ?? { caller: 'Scheduler', requestId: randomUUID(), parentId: null, identity: undefined };
}

/** Functions do not run in every state. @param {Deployment} deployment */
export function mustRun({ state }) {
	const refused = state.refusal();
	if (refused !== undefined) throw new PlainError(refused);
	state.failIfAsked();
}

/** As long as a deployment takes to read as much. @param {TransactionUsage} usage */
export async function takeTime({ documents }) {
	if (documents > 0) await sleep(documents * DOCUMENT_MS);
}

/** Console output of a function, cut as the service cuts it. @param {Execution | undefined} execution @param {string} level @param {readonly unknown[]} values */
export function addLogLine(execution, level, values) {
	if (!execution || execution.lines.length >= logLinesOfFunction) return;
	const messages = values.map((value) => (typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value))));
	const isTruncated = messages.join(' ').length > logLineBytes;
	execution.lines.push({
		level,
		messages: isTruncated ? [messages.join(' ').slice(0, logLineBytes)] : messages,
		timestamp: Date.now(),
		isTruncated,
	});
}

/** A line as clients get it that are neither the command line nor the dashboard. @param {LogLine} line */
export const showLogLine = ({ level, messages }) => `[${level}] ${messages.join(' ')}`;
