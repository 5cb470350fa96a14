import type { VendorReach, VendorStatus, VendorVerdict } from '@holdfast/checks/vendors';
import { askVendor, type Fetch } from '../http/ask-vendor.ts';
import { translateStatus } from './translate.ts';

export interface StatusPageOptions {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	readonly timeoutMs: number;
	/** Base URLs in place of the known ones, by vendor id. */
	readonly pages?: Readonly<Record<string, string>>;
	/** What the service in question allows. */
	readonly reach?: VendorReach | undefined;
}

/** Large vendors list hundreds of components. */
const maxBytes = 1024 * 1024;

/** Reads `/api/v2/summary.json`; where a page has only `/api/v2/status.json`, that. @param base URL of the page. */
export async function readStatusPage(
	base: string,
	vendor: string,
	options: StatusPageOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<VendorStatus>> {
	const page = base.replace(/\/+$/, '');
	const ask = (file: string) =>
		askVendor({
			...options,
			name: `The status page of ${vendor}`,
			url: `${page}/api/v2/${file}`,
			signal,
			maxBytes,
			accept: 'application/json',
		});
	const summary = await ask('summary.json');
	const answer = summary.kind === 'no-answer' && summary.code === 'not-found' ? await ask('status.json') : summary;
	if (answer.kind === 'no-answer') return answer;
	const status = translateStatus(answer.text, vendor, page);
	if (status !== null) return { kind: 'answer', value: status };
	return {
		kind: 'no-answer',
		code: 'bad-response',
		reason: `The status page of ${vendor} (${new URL(page).host}) answers with something that is no Statuspage v2 summary`,
		enable: `look at ${page} yourself`,
	};
}
