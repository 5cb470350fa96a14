import { randomBytes, randomUUID } from 'node:crypto';
import { convexToJson, jsonToConvex } from 'convex/values';
import { Refusal } from './authenticate.mjs';
import { tally } from './database.mjs';

/** What one read document costs on a deployment, in milliseconds: makes a full scan slower than an index, which convex-test alone does not. */
const DOCUMENT_MS = 0.02;
const LOG_SIZE = 1000;
/** How long a call waits for a free place before it is refused with 429. */
const QUEUE_MS = 5000;

/** @param {any} d the deployment */
export function createExecutor(d) {
	/** @type {any[]} */
	const entries = [];
	/** @type {Set<() => void>} */
	const waiting = new Set();
	let running = 0;

	/** Runs a function; resolves to `{status, value|errorMessage, errorData?, logLines}` and throws a Refusal for what is no function error.
	 * @param {{ path: string, args: any, kind?: string, identity?: any, admin?: boolean, token?: string }} call */
	async function run({ path, args, kind, identity, admin }) {
		const requestId = randomBytes(8).toString('hex');
		const name = path.replace(/\.[jt]s(?=:|$)/, '').replace(/^([^:]+)$/, '$1:default');
		const found = d.functions.get(name);
		const refused = stateOf(d);
		if (refused) return failure(requestId, refused, undefined, d.redact);
		const missing = `Could not find public function for '${name.replace(/:default$/, '')}'. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`;
		if (!found || (found.isInternal && !admin)) return failure(requestId, missing, undefined, d.redact);
		const type = found.isQuery ? 'Query' : found.isMutation ? 'Mutation' : 'Action';
		if (kind && kind !== type)
			return failure(requestId, `Trying to execute ${name} as ${kind}, but it is defined as ${type}.`, undefined, d.redact);
		const latest = performance.now() + QUEUE_MS;
		while (running >= d.concurrency) {
			if (performance.now() > latest)
				throw new Refusal(
					429,
					'TooManyConcurrentRequests',
					`Too many concurrent requests: the deployment runs at most ${d.concurrency} functions (${type}) at a time.`,
				);
			await new Promise((done) => setTimeout(done, 10));
		}
		running++;
		d.usage.value.functionCalls++;
		/** @type {import('./database.mjs').Tally} */
		const record = { documents: 0, bytes: 0, written: 0, writtenBytes: 0, lines: [] };
		const began = performance.now();
		/** @type {any} */ let answer;
		try {
			const input = /** @type {any} */ (jsonToConvex(Array.isArray(args) ? (args[0] ?? {}) : (args ?? {})));
			const who = identity ? d.test.withIdentity(identity) : d.test;
			const ref = { [Symbol.for('functionName')]: name };
			const value = await d.inWorld(() => tally.run(record, () => who[type.toLowerCase()](ref, input)));
			answer = { status: 'success', value: convexToJson(value ?? null) };
		} catch (error) {
			answer = failure(requestId, words(error), /** @type {any} */ (error)?.data, d.redact);
			answer.inner = words(error);
		}
		if (record.documents > 0) await new Promise((done) => setTimeout(done, record.documents * DOCUMENT_MS));
		running--;
		const { inner = null, ...shown } = answer;
		const returned = shown.value === undefined ? null : JSON.stringify(shown.value).length;
		note({ udfType: type, identifier: name, began, record, error: inner, requestId, identity, returned });
		if (!d.redact && record.lines.length) shown.logLines = record.lines.map((line) => `[${line.level}] ${line.messages.join(' ')}`);
		else shown.logLines = [];
		return shown;
	}

	/** @param {any} it */
	function note({ udfType, identifier, began, record, error, requestId, identity, returned = null, success = error === null ? {} : null }) {
		const now = Date.now() / 1000;
		entries.push({
			kind: 'Completion',
			udfType,
			identifier,
			logLines: record.lines,
			timestamp: Math.max(now, (entries.at(-1)?.timestamp ?? 0) + 0.000001),
			cachedResult: false,
			caller: 'HttpApi',
			executionTime: (performance.now() - began) / 1000,
			success,
			error,
			requestId,
			executionId: randomUUID(),
			occInfo: null,
			willRetry: false,
			executionTimestamp: now,
			identityType: identity ? 'user' : 'unknown',
			environment: 'isolate',
			returnBytes: returned,
			usageStats: {
				databaseReadBytes: record.bytes,
				databaseWriteBytes: record.writtenBytes,
				databaseReadDocuments: record.documents,
				databaseWriteDocuments: record.written,
				storageReadBytes: 0,
				storageWriteBytes: 0,
				vectorIndexReadBytes: 0,
				vectorIndexWriteBytes: 0,
				memoryUsedMb: 64,
			},
		});
		if (entries.length > LOG_SIZE) entries.shift();
		for (const wake of waiting) wake();
	}
	return { run, note, entries, waiting };
}

/** Why public functions do not run now, or undefined. @param {any} d */
export function stateOf(d) {
	const { system, user } = d.state.value;
	if (system === 'disabled')
		return 'You have exceeded the free plan limits, so your deployments have been disabled. Please upgrade to a Pro plan or reach out to support.';
	if (overLimit(d)) return 'This deployment has been disabled because it exceeded a configured usage limit. Change the limit to continue.';
	if (system === 'suspended')
		return 'Cannot run functions while this deployment is suspended. Please contact Convex if you believe this is a mistake.';
	if (user === 'paused')
		return 'Cannot run functions while this deployment is paused. Resume the deployment in the dashboard settings to allow functions to run.';
	return undefined;
}

/** @param {any} d */
export const overLimit = (d) =>
	d.state.value.limits.some(
		(/** @type {any} */ it) =>
			it.enabled && it.limitType === 'disable' && it.metric === 'functionCalls' && d.usage.value.functionCalls > it.limit,
	);

/** @param {string} id @param {string} message @param {unknown} data @param {boolean} redact */
function failure(id, message, data, redact) {
	const seen = typeof data === 'string' ? parse(data) : data;
	return {
		status: 'error',
		errorMessage: `[Request ID: ${id}] Server Error${redact ? '' : `\n${message}`}`,
		...(seen === undefined ? {} : { errorData: seen }),
	};
}
/** @param {string} text */
function parse(text) {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
/** @param {any} error */
const words = (error) => `Uncaught ${error?.data === undefined ? 'Error' : 'ConvexError'}: ${error?.message ?? String(error)}`;
