import type { VendorReach } from '@holdfast/checks/vendors';
import type { Refused } from './channel.ts';

/**
 * A URL from the configuration as one that may be posted to. A webhook's URL is itself a secret, so a refusal says what is wrong
 * with its form and nothing that stands in it.
 * @param name who is behind it, for sentences: `Slack`.
 * @returns the URL, and what may be reached for it: over plain http only addresses that are not public.
 */
export function readWebhookUrl(
	name: string,
	given: string,
	reach: VendorReach,
): { readonly kind: 'url'; readonly url: URL; readonly reach: VendorReach } | Refused {
	const refuse = (reason: string, fix: string): Refused => ({ kind: 'refused', code: 'not-configured', reason, fix });
	const text = given.trim();
	if (text === '') return refuse(`The URL for ${name} is empty`, 'put the webhook’s URL where the configuration says it is');
	if (!URL.canParse(text))
		return refuse(`What is configured as the URL for ${name} is no URL`, 'copy the webhook’s URL again, with https://');
	const url = new URL(text);
	if (url.username !== '' || url.password !== '')
		return refuse(`The URL for ${name} holds a user name or password, which is not sent`, 'take out what stands before the @');
	if (url.protocol === 'https:') return { kind: 'url', url, reach };
	if (url.protocol !== 'http:') return refuse(`The URL for ${name} has the scheme ${url.protocol}, expected https:`, 'use an https URL');
	if (!reach.private)
		return refuse(
			`The URL for ${name} is plain http, over which nothing is sent outside one’s own network`,
			'use https, or set `private: true` for a channel inside your own network',
		);
	return { kind: 'url', url, reach: { ...reach, public: false } };
}

/**
 * A host as it may be shown. Some receivers put the secret into the name (`<token>.hooks.example`), so a long word with digits
 * and letters is left out.
 */
export function showHost(host: string): string {
	return host
		.split('.')
		.map((label) => (label.length >= 12 && /\d/.test(label) && /[a-z]/i.test(label) ? '…' : label))
		.join('.');
}
