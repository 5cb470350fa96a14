import type { JudgedResponse, Modifier } from './modifier.ts';
import { allowsInline, type Policy, parsePolicies, sourcesOf } from './parse-policy.ts';

const start =
	"begin with default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none', and a nonce for scripts";

/** Content-Security-Policy: +10 to −25. */
export function judgeCsp({ headers, page, url }: JudgedResponse): readonly Modifier[] {
	const header = headers['content-security-policy'];
	const text = [header, page?.metaPolicy].filter((part) => part !== undefined && part !== null && part.trim() !== '').join(', ');
	if (text === '') {
		const reportOnly = headers['content-security-policy-report-only'] !== undefined;
		const message = reportOnly ? 'The Content-Security-Policy only reports and guards nothing' : 'There is no Content-Security-Policy';
		return [
			{
				code: reportOnly ? 'headers.csp-report-only' : 'headers.csp-missing',
				points: -25,
				message,
				fix: reportOnly ? 'send it as Content-Security-Policy once its reports are quiet' : start,
			},
		];
	}
	const policies = parsePolicies(text);
	if (policies.length === 0)
		return [{ code: 'headers.csp-invalid', points: -25, message: 'The Content-Security-Policy cannot be read', fix: start }];
	// Every policy must allow a thing, so the strictest one decides.
	return [policies.map((policy) => judgePolicy(policy, url)).toSorted((a, b) => b.points - a.points)[0] ?? judgePolicy(new Map(), url)];
}

function judgePolicy(policy: Policy, url: URL): Modifier {
	const scripts = sourcesOf(policy, 'script-src');
	const objects = sourcesOf(policy, 'object-src');
	const styles = sourcesOf(policy, 'style-src');
	const passive = [...(sourcesOf(policy, 'img-src') ?? []), ...(sourcesOf(policy, 'media-src') ?? [])];
	const active = [...(scripts ?? []), ...(objects ?? []), ...(policy.get('frame-src') ?? []), ...(policy.get('connect-src') ?? [])];

	if (allowsInline(scripts))
		return {
			code: 'headers.csp-unsafe-inline',
			points: -20,
			message: "The Content-Security-Policy allows inline scripts ('unsafe-inline', or no script-src)",
			fix: 'give scripts a nonce and leave unsafe-inline out',
		};
	if (isOpen(scripts) || isOpen(objects))
		return {
			code: 'headers.csp-unsafe-source',
			points: -20,
			message: 'The Content-Security-Policy allows scripts from anywhere (*, data: or a bare scheme)',
			fix: "name the hosts, or use a nonce with 'strict-dynamic'",
		};
	if (url.protocol === 'https:' && active.some((source) => source === 'http:' || source.startsWith('http://')))
		return {
			code: 'headers.csp-insecure-scheme',
			points: -20,
			message: 'The Content-Security-Policy allows active content over plain http',
			fix: 'allow https sources only',
		};
	if ((scripts ?? []).includes("'unsafe-eval'"))
		return {
			code: 'headers.csp-unsafe-eval',
			points: -10,
			message: "The Content-Security-Policy allows eval ('unsafe-eval')",
			fix: 'leave unsafe-eval out of production builds',
		};
	if (url.protocol === 'https:' && passive.some((source) => source === 'http:' || source.startsWith('http://')))
		return {
			code: 'headers.csp-insecure-passive',
			points: -10,
			message: 'The Content-Security-Policy allows images or media over plain http',
			fix: 'allow https sources only',
		};
	if (allowsInline(styles))
		return { code: 'headers.csp-style-inline', points: 0, message: 'The Content-Security-Policy allows inline styles, and only these' };
	const strict =
		isExactly(policy.get('default-src'), ["'none'"]) &&
		(isExactly(policy.get('form-action'), ["'none'"]) || isExactly(policy.get('form-action'), ["'self'"]));
	if (strict)
		return { code: 'headers.csp-strict', points: 10, message: "The Content-Security-Policy starts from 'none' and allows nothing unsafe" };
	return { code: 'headers.csp-safe', points: 5, message: 'The Content-Security-Policy allows nothing unsafe' };
}

/** A wildcard or scheme lets any host in; 'strict-dynamic' makes browsers ignore them for scripts. */
function isOpen(sources: readonly string[] | null): boolean {
	if (sources === null || sources.includes("'strict-dynamic'")) return false;
	return sources.some((source) => ['*', 'data:', 'https:', 'http:', 'blob:'].includes(source) && source !== 'blob:');
}

function isExactly(sources: readonly string[] | undefined, wanted: readonly string[]): boolean {
	return sources !== undefined && sources.length === wanted.length && sources.every((source, index) => source === wanted[index]);
}
