import type { LintFinding } from '../finding.ts';
import type { LintContext } from '../lint-context.ts';

/** Forms of secrets that are told apart from prose by their look. The value is never part of a message. */
const forms: readonly (readonly [what: string, pattern: RegExp])[] = [
	['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
	['an AWS access key id', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
	['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{30,})\b/],
	['a Stripe live key', /\b[sr]k_live_[A-Za-z0-9]{10,}\b/],
	['a Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/],
	['a Slack webhook URL', /\bhttps:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]{6,}\/B[A-Z0-9]{6,}\/[A-Za-z0-9]{16,}/],
	['a Sentry token', /\bsntr[yu]s?_[A-Za-z0-9_=+/-]{20,}/],
	['a Convex deploy key', /\b(?:prod|dev|preview|project):[a-z0-9-]+\|[A-Za-z0-9+/=_-]{16,}/],
	['a JSON web token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{6,}/],
	['a password inside a URL', /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@<>[\]{}$]+:([^\s:/@<>[\]{}$*]+)@[\w.-]+/i],
	['a password', /\b(?:password|passwd|passphrase|pwd)\b["'`*]*\s*[:=]\s*["'`]?([^\s"'`<>[\]{}$*]{6,})/i],
	[
		'a secret',
		/\b(?:[A-Z][A-Z0-9]*_)*(?:SECRET|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|PASSWORD)\b["'`]*\s*=\s*["'`]?([^\s"'`<>[\]{}$*]{12,})/,
	],
];

/** What people write where a value would stand. */
const open =
	/^(?:your|my|the|change|replace|example|sample|dummy|fake|test|placeholder|redacted|hidden|secret$|password$|passwd|x{3,}|\.{3}|<|\[|none|null|true|false|required|set|must|should|stored|see|in|from|at|is)|x{4,}|\.\.\.|…|example/i;

/** LN9: secrets that stand in the document in clear, one finding each; also inside code. */
export function findSecrets(context: LintContext): readonly LintFinding[] {
	return context.lines.flatMap((raw, index): readonly LintFinding[] => {
		const found = forms.flatMap(([what, pattern]) => {
			const match = pattern.exec(raw);
			if (match === null) return [];
			const value = match[1] ?? match[0];
			if (match[1] !== undefined && (open.test(value) || isWord(value))) return [];
			return [{ what, column: match.index + match[0].lastIndexOf(value) + 1, length: value.length }];
		});
		// A value that two forms recognise is one secret.
		return found
			.filter((one, at) => found.findIndex((other) => other.column === one.column) === at)
			.map(({ what, column, length }) => ({
				rule: 'LN9',
				severity: 'error',
				line: index + 1,
				column,
				message: `${what} stands here in clear (${length} characters)`,
				hint: 'Take it out, replace it by the name of where it is kept, and rotate it: whoever could read the document has it.',
			}));
	});
}

/** Prose: "password: required" holds no password. A value worth the name mixes kinds of characters. */
function isWord(value: string): boolean {
	return /^[\p{L}-]+[.,;:!?)]*$/u.test(value) || /^\/|^https?:/.test(value);
}
