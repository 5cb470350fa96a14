/** How many items an answer lists: a page's largest list, or the array of a JSON answer. Pure. */
import { readHtml } from '../../page/read-html.ts';

export type ItemCount =
	| { readonly kind: 'count'; readonly items: number; readonly what: string }
	| { readonly kind: 'unreadable'; readonly reason: string };

/** Fields in which interfaces put their list, in the order in which they are looked for. */
const listFields = ['items', 'data', 'results', 'page', 'list', 'rows', 'records', 'entries', 'value'];

/** @param url for what is relative in the page. */
export function countItems(body: string, contentType: string, url: string): ItemCount {
	if (/json/i.test(contentType)) return countInJson(body);
	if (/html/i.test(contentType)) return { kind: 'count', items: readHtml(body, url).listItems, what: 'the largest list of the page' };
	return {
		kind: 'unreadable',
		reason: `is ${contentType === '' ? 'of no content type' : contentType.slice(0, 60)}, neither JSON nor HTML`,
	};
}

function countInJson(body: string): ItemCount {
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch {
		return { kind: 'unreadable', reason: 'is no JSON, though it says so' };
	}
	if (Array.isArray(value)) return { kind: 'count', items: value.length, what: 'the array' };
	if (typeof value !== 'object' || value === null) return { kind: 'unreadable', reason: 'is JSON without a list' };
	const fields = new Map<string, unknown>(Object.entries(value));
	const names = [...listFields, ...fields.keys()];
	for (const name of names) {
		const field = fields.get(name);
		if (Array.isArray(field)) return { kind: 'count', items: field.length, what: `\`${name}\`` };
	}
	return { kind: 'unreadable', reason: 'is a JSON object without a list' };
}
