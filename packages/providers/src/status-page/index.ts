import type { StatusPagePort } from '@holdfast/checks/vendors';
import { readStatusPage, type StatusPageOptions } from './client.ts';
import { findVendor, knownVendors } from './known-vendors.ts';

/** Vendors' status pages, by known name or by URL. */
export function createStatusPagePort(options: StatusPageOptions): StatusPagePort {
	const pages = Object.entries(knownVendors).map(([id, vendor]) => new URL(options.pages?.[id] ?? vendor.page).host);
	return {
		isKnownPage: (host) => pages.includes(host),
		readStatus: async (vendor, signal, reach) => {
			const asking = { ...options, reach };
			if (/^https?:\/\//i.test(vendor) && URL.canParse(vendor)) {
				const url = new URL(vendor);
				if (url.username !== '' || url.password !== '')
					return {
						kind: 'no-answer',
						code: 'refused',
						reason: `The status page’s URL for ${url.host} holds a user name or password, which is not sent`,
					};
				return readStatusPage(`${url.origin}${url.pathname}`, url.hostname, asking, signal);
			}
			const known = findVendor(vendor);
			if (known === null) {
				return {
					kind: 'no-answer',
					code: 'refused',
					reason: `No status page is known for "${vendor.slice(0, 60)}"`,
					enable: `give the page’s URL, or one of: ${Object.keys(knownVendors).toSorted().join(', ')}`,
				};
			}
			return readStatusPage(options.pages?.[known.id] ?? known.page, known.title, asking, signal);
		},
	};
}
