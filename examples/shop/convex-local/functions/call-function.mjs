import { randomBytes } from 'node:crypto';
import { convexToJson, jsonToConvex } from 'convex/values';
import { bodyBytes } from '../limits.mjs';
import { Refusal } from '../refusal.mjs';
import { mustRun, showLogLine } from './begin-execution.mjs';
import { failedAnswer, PlainError } from './error-words.mjs';

/** @import { Deployment } from '../deployment.d.ts' */
/** @import { RegisteredFunction } from '../engine/loaded-functions.d.ts' */
/** @import { Answer, FunctionCall, FunctionType, Origin } from './functions.d.ts' */

/**
 * One call from outside. Failures of a function are answers; what refuses the call itself is thrown.
 * @param {Deployment} deployment @param {FunctionCall} call
 * @returns {Promise<Answer>}
 * @throws {Refusal}
 */
export async function callFunction(deployment, call) {
	const { redact, test, inWorld, origins } = deployment;
	const { caller, from, session, requestId = randomBytes(8).toString('hex') } = call;
	/** @type {Origin} */
	const origin = { caller: from, requestId, parentId: null, identity: caller.identity, session };
	const linesFor = () => (redact ? [] : (origin.execution?.lines ?? []).map(showLogLine));
	try {
		mustRun(deployment);
		const { name, type } = find(deployment, call);
		const input = readArguments(call.args);
		const who = caller.identity ? test.withIdentity(caller.identity) : test;
		const reference = { [Symbol.for('functionName')]: name };
		const run = { Query: who.query, Mutation: who.mutation, Action: who.action }[type];
		const value = convexToJson((await inWorld(() => origins.run(origin, () => run(reference, input)))) ?? null);
		return { status: 'success', value, logLines: linesFor() };
	} catch (error) {
		if (error instanceof Refusal) throw error;
		return failedAnswer(error, { requestId, redact, logLines: linesFor() });
	} finally {
		if (origin.token) call.onRead?.(origin.token);
	}
}

/** @param {Deployment} deployment @param {FunctionCall} call @returns {{ name: string, type: FunctionType }} */
function find({ functions }, { path, type: wanted, caller }) {
	const name = path.replace(/\.[jt]s(?=:|$)/, '').replace(/^([^:]+)$/, '$1:default');
	const found = functions.get(name);
	// The same words for a function that is not there and one that is not for the caller.
	if (!found || (found.isInternal && !caller.admin))
		throw new PlainError(
			`Could not find public function for '${name.replace(/:default$/, '')}'. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`,
		);
	const type = typeOf(found);
	if (wanted && wanted !== type) throw new PlainError(`Trying to execute ${name} as ${wanted}, but it is defined as ${type}.`);
	return { name, type };
}

/** @param {RegisteredFunction} found @returns {FunctionType} */
export const typeOf = (found) => (found.isQuery ? 'Query' : found.isMutation ? 'Mutation' : 'Action');

/** @param {unknown} args @returns {object} */
function readArguments(args) {
	const given = Array.isArray(args) ? (args[0] ?? {}) : (args ?? {});
	if (JSON.stringify(given).length > bodyBytes) throw new PlainError('The arguments are too large (limit: 16 MiB).');
	return /** @type {object} */ (jsonToConvex(given));
}
