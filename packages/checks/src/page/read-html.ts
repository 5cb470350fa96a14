/** What a page's HTML holds: its text as a reader would see it, its title, and the scripts and styles it loads. */
import { Parser } from 'htmlparser2';
import { countListItems } from './count-list-items.ts';

export interface PageAsset {
	readonly url: string;
	readonly kind: 'script' | 'style';
	/** `nomodule` scripts are for browsers that hardly exist any more. */
	readonly legacy: boolean;
	readonly integrity: boolean;
}

export interface PageContent {
	readonly title: string;
	readonly text: string;
	/** At most `maxPageAssets`. */
	readonly assets: readonly PageAsset[];
	/** Mentions of scripts and styles beyond that bound, repeats included. */
	readonly uncountedAssets: number;
	/** Items of the largest list of the content: the most siblings of one parent that are all `li`, `tr`, `article` or of role `listitem`. */
	readonly listItems: number;
	/** Length of inline scripts, in characters. */
	readonly inlineScriptLength: number;
	/** A Content-Security-Policy given in a meta element, or null. */
	readonly metaPolicy: string | null;
	readonly metaReferrer: string | null;
	/** It has at least one element. */
	readonly isHtml: boolean;
}

/** Deeper than any page that people write; the parser's cost grows with the square of the depth, so what lies below is not read. */
const MAX_DEPTH = 2_000;

/** More than any page that people write; what comes after is counted, not kept. */
export const maxPageAssets = 2_000;

const hidden = new Set(['script', 'style', 'template', 'noscript', 'head', 'svg']);

/** @param baseUrl URL of the page; `<base href>` is honoured. Never throws: HTML has no syntax errors. */
export function readHtml(html: string, baseUrl: string): PageContent {
	const assets = new Map<string, PageAsset>();
	const lists = countListItems();
	let uncountedAssets = 0;
	const text: string[] = [];
	const open: string[] = [];
	let base = baseUrl;
	let title = '';
	let inlineScriptLength = 0;
	let metaPolicy: string | null = null;
	let metaReferrer: string | null = null;
	let isHtml = false;
	let inTitle = false;
	let hiddenDepth = 0;

	const addAsset = (href: string | undefined, kind: PageAsset['kind'], attributes: Record<string, string>): void => {
		if (href === undefined || href.trim() === '' || !URL.canParse(href, base)) return;
		const url = new URL(href, base);
		url.hash = '';
		if (url.protocol !== 'http:' && url.protocol !== 'https:') return;
		if (assets.has(url.href)) return;
		if (assets.size >= maxPageAssets) uncountedAssets += 1;
		else assets.set(url.href, { url: url.href, kind, legacy: 'nomodule' in attributes, integrity: (attributes.integrity ?? '') !== '' });
	};

	const parser = new Parser(
		{
			onopentag: (name, attributes) => {
				isHtml = true;
				open.push(name);
				if (open.length >= MAX_DEPTH) parser.pause();
				if (hidden.has(name)) hiddenDepth += 1;
				lists.enter(open, hiddenDepth === 0 ? attributes.role : null);
				if (name === 'title') inTitle = hiddenDepth <= 1;
				if (name === 'base' && attributes.href !== undefined && URL.canParse(attributes.href, baseUrl))
					base = new URL(attributes.href, baseUrl).href;
				if (name === 'script' && isJavaScript(attributes.type)) addAsset(attributes.src, 'script', attributes);
				if (name === 'link') {
					const rel = (attributes.rel ?? '').toLowerCase().split(/\s+/);
					if (rel.includes('stylesheet') && !rel.includes('alternate') && !('disabled' in attributes))
						addAsset(attributes.href, 'style', attributes);
					if (rel.includes('modulepreload')) addAsset(attributes.href, 'script', attributes);
				}
				if (name === 'meta') {
					const equiv = (attributes['http-equiv'] ?? '').toLowerCase();
					if (equiv === 'content-security-policy') metaPolicy ??= attributes.content ?? '';
					if ((attributes.name ?? '').toLowerCase() === 'referrer') metaReferrer ??= attributes.content ?? '';
				}
				if (name === 'img' && (attributes.alt ?? '') !== '' && hiddenDepth === 0) text.push(attributes.alt ?? '');
			},
			ontext: (chunk) => {
				if (inTitle) title += chunk;
				else if (open.at(-1) === 'script') inlineScriptLength += chunk.length;
				else if (hiddenDepth === 0) text.push(chunk);
			},
			onclosetag: (name) => {
				const at = open.lastIndexOf(name);
				if (at < 0) return;
				lists.leave(at);
				for (const closed of open.splice(at)) if (hidden.has(closed)) hiddenDepth -= 1;
				if (name === 'title') inTitle = false;
				text.push(' ');
			},
		},
		{ decodeEntities: true },
	);
	parser.write(html);
	parser.end();
	const plain = text.join('').replace(/\s+/g, ' ').trim();
	return {
		title: title.replace(/\s+/g, ' ').trim(),
		text: plain,
		assets: [...assets.values()],
		uncountedAssets,
		listItems: lists.largest(),
		inlineScriptLength,
		metaPolicy,
		metaReferrer,
		isHtml,
	};
}

function isJavaScript(type: string | undefined): boolean {
	return type === undefined || type === '' || type === 'module' || /^(text|application)\/(java|ecma)script$/i.test(type);
}
