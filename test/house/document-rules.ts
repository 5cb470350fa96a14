import { posix } from 'node:path';
import type { MarkdownParts } from './read-markdown.ts';

/** The files of the checkout, as far as documents name them. */
export interface Shelf {
	/** Whether a path from the top folder is a file or a folder. */
	readonly has: (path: string) => boolean;
	/** Anchors of a Markdown document; null when it is none. */
	readonly anchorsOf: (path: string) => ReadonlySet<string> | null;
	/** Whether git ignores the path: what a build or a running program writes. */
	readonly isGenerated: (path: string) => boolean;
}

/** `packages/runbook/src/model.ts`, `docs/glossary.md`; no patterns, no spaces. */
const REPOSITORY_PATH = /^(?:\.\/)?((?:packages|apps|examples|bench|docs|scripts|test|\.ci)\/[\w./@()[\]-]+?)\/?(?::\d+)?$/;

/** @returns One sentence, with its line, for each link that leads nowhere. */
export function judgeLinks(file: string, parts: MarkdownParts, shelf: Shelf): readonly string[] {
	return parts.links.flatMap(({ text, line }) => {
		if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return [];
		const [path = '', anchor] = decodeURI(text).split('#');
		const target = path === '' ? file : path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(file), path);
		if (!shelf.has(target)) return [`${file}:${line} links to ${text}, but ${target} does not exist. Mend the link or take it out.`];
		if (anchor === undefined || anchor === '') return [];
		const anchors = shelf.anchorsOf(target);
		if (anchors === null || anchors.has(anchor)) return [];
		return [`${file}:${line} links to ${text}, but no heading of ${target} gives "${anchor}". It has: ${[...anchors].join(', ')}.`];
	});
}

/** @returns One sentence, with its line, for each path in backticks that the checkout does not have. */
export function judgePaths(file: string, parts: MarkdownParts, shelf: Shelf): readonly string[] {
	return parts.codes.flatMap(({ text, line }) => {
		const path = REPOSITORY_PATH.exec(text)?.[1];
		if (path === undefined || shelf.has(path) || shelf.isGenerated(path)) return [];
		// A document inside a package may name paths from there.
		if (shelf.has(posix.join(posix.dirname(file), path))) return [];
		return [`${file}:${line} names \`${text}\`, which does not exist. Name what is there now.`];
	});
}

/** @returns One sentence for each term that the glossary explains twice or not at all. */
export function judgeGlossary(source: string): readonly string[] {
	const seen = new Set<string>();
	const problems: string[] = [];
	for (const [, term = '', meaning = ''] of source.matchAll(/^- \*\*([^*]+)\*\*:?(.*)$/gm)) {
		const word = term.toLowerCase();
		if (seen.has(word)) problems.push(`docs/glossary.md explains "${term}" twice. One word has one idea.`);
		if (meaning.trim() === '') problems.push(`docs/glossary.md does not say what "${term}" means.`);
		seen.add(word);
	}
	if (seen.size === 0) problems.push('docs/glossary.md holds no entry of the form "- **word**: what it means".');
	return problems;
}

/**
 * @param places Absolute paths that mean something on this machine only: the checkout's own, the person's home.
 * @returns One sentence, with its line, for each text that only makes sense on the machine it was written on.
 */
export function judgeMachineTraces(file: string, source: string, places: readonly string[]): readonly string[] {
	return source.split('\n').flatMap((text, index) => {
		const place = places.find((one) => new RegExp(`(?<![\\w.-])${escapePattern(one)}(?![\\w.-])`).test(text));
		const found = [];
		if (place !== undefined) found.push(`${file}:${index + 1} holds ${place}, a path of one machine. Write it relative to the checkout.`);
		const registry = /(?:^|\s)(?:\S*:)?registry\s*=\s*\S+|"resolved":\s*"https?:\/\/(?!registry\.npmjs\.org\/)[^"]*"/.exec(text)?.[0];
		if (registry !== undefined && /(?:\.npmrc|package-lock\.json)$/.test(file)) {
			found.push(`${file}:${index + 1} names a package registry (${registry.trim()}). Which one is used is the machine's own business.`);
		}
		return found;
	});
}

function escapePattern(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
