/** What a redirect chain says about the service. Pure. */
import type { Finding } from '../../contract.ts';
import type { Chain } from '../../page/follow-redirects.ts';
import { redactUrl } from '../../probe/redact.ts';

const forwardScheme = 'let the proxy that ends TLS send `X-Forwarded-Proto: https` to the application, and let the application trust it';

/** @param everyPathLoops a second, unrelated path of the same origin redirects to itself as well; false also when not asked. */
export function judgeChain(chain: Chain, everyPathLoops: boolean): readonly Finding[] {
	return [...judgeEnd(chain, everyPathLoops), ...judgeHops(chain)];
}

/**
 * An https URL that redirects to itself, no cookie set: the scheme may be the reason, or any other rule about this one page.
 * @returns the URL, so that a second path can be asked; null for other chains.
 */
export function findSelfLoop({ end, hops }: Chain): string | null {
	if (end.kind !== 'loop' || end.cycle.length !== 1) return null;
	const url = end.cycle[0] ?? '';
	const setsCookies = hops.some((hop) => hop.url === url && hop.response.setCookies.length > 0);
	return url.startsWith('https:') && !setsCookies ? url : null;
}

function judgeEnd(chain: Chain, everyPathLoops: boolean): readonly Finding[] {
	const { end, hops } = chain;
	switch (end.kind) {
		case 'answered':
			return [];
		case 'loop':
			return [describeLoop(end.cycle, chain, everyPathLoops)];
		case 'too-many':
			return [
				{
					code: 'redirect.too-many',
					severity: 'fail',
					message: `${shortUrl(chain.start)} redirects more than ${end.limit} times without an answer, where browsers give up`,
					fix: 'look at which two redirects undo each other; changing cookies or parameters keep it going',
				},
			];
		case 'refused':
			return [describeRefused(end)];
		case 'failure':
			if (hops.length === 0)
				return [
					{
						code: end.failure.code,
						severity: 'fail',
						message: end.failure.reason,
						...(end.failure.fix === undefined ? {} : { fix: end.failure.fix }),
					},
				];
			return [describeDeadEnd(chain, end.url, end.failure.reason)];
		case 'no-location':
			return [
				{
					code: 'redirect.no-location',
					severity: 'fail',
					message: `${shortUrl(hops.at(-1)?.url ?? chain.start)} answers ${end.response.status} without a usable Location header`,
					fix: 'set the Location header where this redirect is made',
				},
			];
		default:
			return end satisfies never;
	}
}

/**
 * A loop in which nothing changes but the scheme is the classic mistake behind a proxy that ends TLS: it passes plain http on
 * without saying so, and an application that insists on https redirects to where the request already was. A rule about the
 * scheme treats all paths alike: of a single page that redirects to itself nothing of the kind is claimed.
 */
function describeLoop(cycle: readonly string[], chain: Chain, everyPathLoops: boolean): Finding {
	const places = new Set(cycle.map(withoutScheme));
	const schemes = new Set(cycle.map((url) => new URL(url).protocol));
	const first = shortUrl(cycle[0] ?? chain.start);
	if (everyPathLoops && findSelfLoop(chain) !== null) {
		return {
			code: 'redirect.scheme-loop',
			severity: 'fail',
			message: `${first} redirects to itself without end: the proxy ends TLS and does not tell the application, which takes the request for plain http`,
			fix: forwardScheme,
		};
	}
	if (places.size === 1 && schemes.size === 2) {
		return {
			code: 'redirect.scheme-loop',
			severity: 'fail',
			message: `${first} redirects between http and https without end: the proxy and the application disagree about the scheme`,
			fix: forwardScheme,
		};
	}
	const shown = [...cycle.slice(0, 4), ...(cycle.length > 4 ? [] : [cycle[0] ?? chain.start])].map(shortUrl).join(' → ');
	const rest = cycle.length > 4 ? ' → …' : '';
	return {
		code: 'redirect.loop',
		severity: 'fail',
		message:
			cycle.length === 1
				? `${first} redirects to itself without end`
				: `Redirects go round in a circle of ${cycle.length}: ${shown}${rest}`,
		fix: cookiesInvolved(chain)
			? 'look at the cookies: one that is set here does not come back or is not accepted'
			: cycle.length > 1
				? 'look at the two rules that send the request to each other'
				: `look at what sends this address to itself: a sign-in that asks for itself, a rule about language, host or a trailing slash${schemes.has('https:') ? `, or the scheme: then ${forwardScheme}` : ''}`,
	};
}

function describeRefused(end: Extract<Chain['end'], { kind: 'refused' }>): Finding {
	const target = shortUrl(end.url);
	if (end.unsafe) {
		return {
			code: 'redirect.refused-target',
			severity: 'fail',
			message: `It redirects to ${target}, which visitors cannot or must not reach; not followed`,
			fix: 'correct the redirect; if it is made from user input, check that input first',
		};
	}
	return {
		code: 'redirect.off-host',
		severity: 'warn',
		message: `It redirects to ${target}, on a host that is not this service’s; not followed`,
		...(end.refusal.fix === undefined ? {} : { fix: end.refusal.fix }),
	};
}

function describeDeadEnd(chain: Chain, url: string, reason: string): Finding {
	const from = chain.hops.at(-1)?.url ?? chain.start;
	const schemeOnly =
		new URL(from).protocol === 'http:' && new URL(url).protocol === 'https:' && new URL(from).hostname === new URL(url).hostname;
	return {
		code: 'redirect.dead-end',
		severity: 'fail',
		message: `${shortUrl(from)} redirects to ${shortUrl(url)}, which does not answer: ${reason}`,
		fix: schemeOnly
			? 'serve https there, or stop the application from insisting on https where it is reached over http'
			: 'correct the redirect’s target',
	};
}

function judgeHops({ hops }: Chain): readonly Finding[] {
	const findings: Finding[] = [];
	for (const { url, next } of hops) {
		if (next === null) continue;
		if (
			new URL(url).protocol === 'https:' &&
			new URL(next).protocol === 'http:' &&
			findings.every((finding) => finding.code !== 'redirect.downgrade')
		) {
			findings.push({
				code: 'redirect.downgrade',
				severity: 'warn',
				message: `${shortUrl(url)} redirects from https to ${shortUrl(next)}`,
				fix: 'redirect to https; build absolute URLs from the configured origin, not from the connection',
			});
		}
	}
	return findings;
}

function cookiesInvolved({ hops }: Chain): boolean {
	return hops.some(({ response }) => response.setCookies.length > 0);
}

/** Host, path and query; ports go with schemes. */
function withoutScheme(url: string): string {
	const { hostname, pathname, search } = new URL(url);
	return `${hostname}${pathname}${search}`;
}

function shortUrl(url: string): string {
	const shown = redactUrl(url);
	return shown.length > 120 ? `${shown.slice(0, 117)}…` : shown;
}
