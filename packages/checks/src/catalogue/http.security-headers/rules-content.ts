import type { JudgedResponse, Modifier } from './modifier.ts';
import { parsePolicies } from './parse-policy.ts';

/** X-Content-Type-Options: 0 or −5. */
export function judgeContentTypeOptions({ headers }: JudgedResponse): readonly Modifier[] {
	const value = headers['x-content-type-options'];
	const fix = 'send X-Content-Type-Options: nosniff';
	if (value === undefined) return [{ code: 'headers.nosniff-missing', points: -5, message: 'There is no X-Content-Type-Options', fix }];
	if (!value.split(',').some((part) => part.trim().toLowerCase() === 'nosniff'))
		return [{ code: 'headers.nosniff-invalid', points: -5, message: 'X-Content-Type-Options is not nosniff', fix }];
	return [{ code: 'headers.nosniff', points: 0, message: 'X-Content-Type-Options is nosniff' }];
}

/** X-Frame-Options, or frame-ancestors of the policy (which a meta element cannot set): +5 to −20. */
export function judgeFrameOptions({ headers }: JudgedResponse): readonly Modifier[] {
	const fix = "send Content-Security-Policy with frame-ancestors 'none', and X-Frame-Options: DENY for old browsers";
	const framed = parsePolicies(headers['content-security-policy'] ?? '').some((policy) => policy.has('frame-ancestors'));
	if (framed) return [{ code: 'headers.frame-ancestors', points: 5, message: 'The Content-Security-Policy says who may frame the page' }];
	const value = headers['x-frame-options']?.trim().toLowerCase();
	if (value === undefined)
		return [
			{
				code: 'headers.frame-missing',
				points: -20,
				message: 'Any site may frame the page: there is no X-Frame-Options and no frame-ancestors',
				fix,
			},
		];
	if (value === 'deny' || value === 'sameorigin') return [{ code: 'headers.frame', points: 5, message: `X-Frame-Options is ${value}` }];
	if (value.startsWith('allow-from'))
		return [{ code: 'headers.frame-allow-from', points: 0, message: 'X-Frame-Options: ALLOW-FROM is ignored by browsers', fix }];
	return [{ code: 'headers.frame-invalid', points: -20, message: 'X-Frame-Options is neither DENY nor SAMEORIGIN', fix }];
}

const privateReferrers = new Set(['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin']);
const unsafeReferrers = new Set(['unsafe-url', 'origin', 'origin-when-cross-origin', 'no-referrer-when-downgrade']);

/** Referrer-Policy: +5 to −5. Of several values the last known one counts, as in browsers. */
export function judgeReferrerPolicy({ headers, page }: JudgedResponse): readonly Modifier[] {
	const value = headers['referrer-policy'] ?? page?.metaReferrer ?? undefined;
	if (value === undefined || value === null)
		return [
			{ code: 'headers.referrer-missing', points: 0, message: 'There is no Referrer-Policy; browsers use strict-origin-when-cross-origin' },
		];
	const last = value
		.toLowerCase()
		.split(',')
		.map((part) => part.trim())
		.findLast((part) => privateReferrers.has(part) || unsafeReferrers.has(part));
	const fix = 'send Referrer-Policy: strict-origin-when-cross-origin or stricter';
	if (last === undefined)
		return [{ code: 'headers.referrer-invalid', points: -5, message: 'Referrer-Policy has no value that browsers know', fix }];
	if (unsafeReferrers.has(last))
		return [
			{ code: 'headers.referrer-unsafe', points: -5, message: `Referrer-Policy ${last} tells other sites where people come from`, fix },
		];
	return [{ code: 'headers.referrer-private', points: 5, message: `Referrer-Policy is ${last}` }];
}

/** Subresource integrity: +5 to −50. */
export function judgeIntegrity({ page, url }: JudgedResponse): readonly Modifier[] {
	const scripts = (page?.assets ?? []).filter((asset) => asset.kind === 'script');
	const external = scripts.filter((asset) => new URL(asset.url).hostname !== url.hostname);
	const insecure = external.filter((asset) => asset.url.startsWith('http:'));
	const unguarded = external.filter((asset) => !asset.integrity);
	const fix = 'give scripts of other hosts an integrity attribute, or serve them yourself';
	if (scripts.length === 0) return [];
	if (insecure.some((asset) => !asset.integrity))
		return [
			{ code: 'headers.sri-insecure', points: -50, message: 'A script of another host comes over plain http without integrity', fix },
		];
	if (insecure.length > 0)
		return [{ code: 'headers.sri-plain-http', points: -20, message: 'A script of another host comes over plain http', fix }];
	if (unguarded.length > 0)
		return [
			{
				code: 'headers.sri-missing',
				points: -5,
				message: `${unguarded.length} ${unguarded.length === 1 ? 'script of another host has' : 'scripts of other hosts have'} no integrity attribute`,
				fix,
			},
		];
	if (external.length > 0 || scripts.every((asset) => asset.integrity))
		return [{ code: 'headers.sri', points: 5, message: 'Scripts carry integrity attributes' }];
	return [{ code: 'headers.sri-same-origin', points: 0, message: 'All scripts come from the service itself' }];
}
