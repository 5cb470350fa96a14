/** Whether a page shows something, and the right thing. Pure. */
import type { Finding, RouteTarget } from '../../contract.ts';
import { findErrorPage } from '../../page/error-pages.ts';
import type { Chain } from '../../page/follow-redirects.ts';
import type { PageContent } from '../../page/read-html.ts';

export interface JudgedPage {
	readonly findings: readonly Finding[];
	readonly unknown: { readonly reason: string; readonly enable?: string } | null;
	/** What is there, when all is well. */
	readonly description: string;
}

export interface SeenPage {
	readonly path: string;
	readonly status: number;
	readonly contentType: string;
	readonly bodyBytes: number;
	readonly content: PageContent;
}

/** What a route asks of its page: text that must be visible, and how many items its largest list must hold. */
export type PageExpectation = Pick<RouteTarget, 'text' | 'list'>;

export function judgePage(page: SeenPage, { text: expected, list }: PageExpectation): JudgedPage {
	const { path, content } = page;
	const findings: Finding[] = [];
	const errorPage = findErrorPage(content, page.status);
	if (errorPage !== null)
		findings.push({ code: 'page.error-page', severity: 'fail', message: `${path} shows ${errorPage.name}`, fix: errorPage.fix });
	if (page.status >= 400 || page.status < 200)
		findings.push({
			code: 'page.status',
			severity: 'fail',
			message: `${path} answers ${page.status}`,
			fix: 'read the application’s log for this request',
		});
	if (page.bodyBytes === 0) {
		findings.push({
			code: 'page.empty',
			severity: 'fail',
			message: `${path} answers ${page.status} with an empty body`,
			fix: 'read the application’s log for this request',
		});
	} else if (!/html/i.test(page.contentType)) {
		findings.push({
			code: 'page.not-html',
			severity: 'fail',
			message: `${path} answers with ${page.contentType === '' ? 'no content type' : page.contentType}, not with an HTML page`,
			fix: 'look at what answers at this path',
		});
	} else if (content.text === '') {
		findings.push(describeBlank(path, content));
	}
	if (expected !== undefined && page.status < 400 && !holdsText(content, expected)) {
		findings.push({
			code: 'page.text-missing',
			severity: 'fail',
			message: `${path} does not show “${expected}”`,
			fix: 'look at the page and at the data behind it',
		});
	}
	if (list !== undefined && page.status < 400 && content.listItems < list) {
		findings.push({
			code: 'page.list-short',
			severity: 'fail',
			message: `${path} lists ${countItems(content.listItems)}; the configuration asks for at least ${list}`,
			fix: 'look at the data behind the page: an empty table, a failing query, or the wrong database',
		});
	}
	const shown = expected === undefined ? `${content.text.length} characters of text` : `“${expected}”`;
	const listed = list === undefined ? '' : ` and ${countItems(content.listItems)}`;
	return { findings, unknown: null, description: `${path} answers ${page.status} with ${shown}${listed}` };
}

function countItems(count: number): string {
	return `${count} ${count === 1 ? 'item' : 'items'}`;
}

/** A page that waits for its scripts is blank only if they do not run: that is not for this check to say. */
function describeBlank(path: string, content: PageContent): Finding {
	const scripts = content.assets.filter((asset) => asset.kind === 'script').length;
	if (scripts === 0 && content.inlineScriptLength === 0)
		return {
			code: 'page.blank',
			severity: 'fail',
			message: `${path} is an HTML page without any visible text, and without scripts that could bring some`,
			fix: 'look at what renders this page',
		};
	return {
		code: 'page.needs-scripts',
		severity: 'warn',
		message: `The HTML of ${path} holds no visible text: all of it comes from ${scripts} scripts`,
		fix: 'holdfast check http.assets looks at the scripts',
	};
}

export function describeUnread({ end }: Chain, path: string): JudgedPage {
	const nothing: JudgedPage = { findings: [], unknown: null, description: '' };
	switch (end.kind) {
		case 'answered':
			return nothing;
		case 'refused':
			return { ...nothing, unknown: { reason: end.refusal.reason, ...(end.refusal.fix === undefined ? {} : { enable: end.refusal.fix }) } };
		case 'failure':
			if (end.failure.says === 'unknown')
				return {
					...nothing,
					unknown: { reason: end.failure.reason, ...(end.failure.fix === undefined ? {} : { enable: end.failure.fix }) },
				};
			return {
				...nothing,
				findings: [
					{
						code: end.failure.code,
						severity: 'fail',
						message: end.failure.reason,
						...(end.failure.fix === undefined ? {} : { fix: end.failure.fix }),
					},
				],
			};
		case 'loop':
		case 'too-many':
		case 'no-location':
			return {
				...nothing,
				findings: [
					{
						code: 'page.redirect',
						severity: 'fail',
						message: `${path} shows no page: its redirects do not end in one`,
						fix: 'holdfast check http.redirects shows the chain',
					},
				],
			};
		default:
			return end satisfies never;
	}
}

function holdsText({ title, text }: PageContent, expected: string): boolean {
	const normalise = (value: string): string => value.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
	return normalise(`${text} ${title}`).includes(normalise(expected));
}
