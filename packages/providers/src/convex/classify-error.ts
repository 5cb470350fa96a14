/**
 * Why a function failed, from the words of its error: HTTP says 200 for all of them. Texts are those of get-convex/convex-backend
 * (`crates/udf/src/validation.rs` and its neighbours), matched loosely because they change.
 */
import type { ConvexErrorKind } from '@holdfast/checks/vendors';

const kinds: readonly (readonly [ConvexErrorKind, RegExp])[] = [
	['paused', /while this deployment is paused/i],
	['suspended', /while this deployment is suspended/i],
	['over-limit', /exceeded a configured usage limit/i],
	['disabled', /exceeded the free plan limits|exceeded your spending limits|deployments? ha(?:s|ve) been disabled/i],
	['no-such-function', /could not find (?:public |internal )?(?:function|module)|is not a public function|couldn't resolve/i],
	[
		'arguments',
		/ArgumentValidationError|validator error|does not match (?:the )?validator|arguments? (?:object )?(?:is|are) (?:missing|not)/i,
	],
	['transaction-limit', /too many (?:documents|bytes|reads|writes)|function execution timed out|too many .{1,40} in a single function/i],
	['unauthenticated', /\b(?:InvalidAuthHeader|NoAuthProvider|Unauthenticated)\b/],
];

/** @param application whether the error carried data of the application (`ConvexError`). */
export function classifyError(message: string, application: boolean): ConvexErrorKind {
	if (application) return 'application';
	const found = kinds.find(([, words]) => words.test(message));
	if (found !== undefined) return found[0];
	return /^(?:\[Request ID: [\w-]+\] )?Server Error$/i.test(message.trim()) ? 'redacted' : 'other';
}
