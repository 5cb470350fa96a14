import { convexToJson } from 'convex/values';
import { Refusal } from '../refusal.mjs';

/** @import { Answer } from './functions.d.ts' */

/** A sentence of the deployment itself, which no function has thrown. */
export class PlainError extends Error {}

/**
 * How the log and an unredacted client are told what went wrong (crates/common/src/errors.rs, `JsError`, of get-convex/convex-backend).
 * Sentences of validators are those of convex-test.
 * @param {unknown} error
 */
export function wordsOf(error) {
	if (!(error instanceof Error)) return `Uncaught ${String(error)}`;
	if (error instanceof PlainError || error instanceof Refusal) return error.message;
	const returned = /^Return value validation failed for \w+ ("[^"]+"):\n(?:Validator error: )?(.*)$/s.exec(error.message);
	if (returned) return `ReturnsValidationError: the value of ${returned[1]} does not match its validator. ${returned[2]}`;
	const invalid = /^Validator error: (.*)$/s.exec(error.message)?.[1];
	// Which value is not valid stands nowhere but in the stack.
	if (invalid !== undefined && /\bvalidateFunctionArgs\b/.test(error.stack ?? '')) return `ArgumentValidationError: ${invalid}`;
	if (invalid !== undefined)
		return `Uncaught Error: Failed to insert or update a document because it does not match the schema: ${invalid}`;
	return `Uncaught ${isConvexError(error) ? 'ConvexError' : error.name}: ${error.message}`;
}

/**
 * What a client gets of a failed function: with redaction, as in production, only that it failed (crates/application/src/redaction.rs). The data of
 * a ConvexError is for clients and always goes out.
 * @param {unknown} error @param {{ requestId: string, redact: boolean, logLines: readonly string[] }} surroundings
 * @returns {Answer}
 */
export function failedAnswer(error, { requestId, redact, logLines }) {
	return {
		status: 'error',
		errorMessage: `[Request ID: ${requestId}] Server Error${redact ? '' : `\n${wordsOf(error)}`}`,
		...(isConvexError(error) ? { errorData: convexToJson(error.data) } : {}),
		logLines,
	};
}

/** @param {unknown} error @returns {error is Error & { data: import('convex/values').Value }} */
const isConvexError = (error) => error instanceof Error && Symbol.for('ConvexError') in error && 'data' in error;
