import { parse as parseYaml } from 'yaml';
import type { Problem } from '../model.ts';

/** A document cut into lines, made ready for a CommonMark parser without moving any line. */
export interface Source {
	/** Raw lines without their ends; index 0 is line 1. */
	readonly raw: readonly string[];
	/** What the Markdown parser gets: front matter blanked, admonitions as block quotes. Same number of lines. */
	readonly lines: readonly string[];
	readonly meta: Readonly<Record<string, string>>;
	/** Number of lines that the front matter takes, its fences included. */
	readonly frontMatterLines: number;
	readonly warnings: readonly Problem[];
}

/** Cuts text into lines and prepares it (rules S1 to S4 of SPEC.md). */
export function prepareSource(text: string): Source {
	const raw = (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).split(/\r\n|\n|\r/);
	const lines = [...raw];
	const warnings: Problem[] = [];
	const front = readFrontMatter(raw);
	for (let index = 0; index < front.lineCount; index++) lines[index] = '';
	if (front.problem !== null) warnings.push(front.problem);
	quoteAdmonitions(lines);
	return { raw, lines, meta: front.meta, frontMatterLines: front.lineCount, warnings };
}

interface FrontMatter {
	readonly meta: Record<string, string>;
	readonly lineCount: number;
	readonly problem: Problem | null;
}

function readFrontMatter(raw: readonly string[]): FrontMatter {
	const fence = raw[0]?.trimEnd();
	if (fence !== '---' && fence !== '+++') return { meta: {}, lineCount: 0, problem: null };
	const end = raw.findIndex((line, index) => index > 0 && (line.trimEnd() === fence || (fence === '---' && line.trimEnd() === '...')));
	if (end < 0 || !raw.slice(1, end).some((line) => /^["']?[\w-]+["']?\s*(?::(?:\s|$)|=)/.test(line)))
		return { meta: {}, lineCount: 0, problem: null };
	const body = raw.slice(1, end);
	const lineCount = end + 1;
	if (fence === '+++') return { meta: readPairs(body, '='), lineCount, problem: null };
	try {
		const value: unknown = parseYaml(body.join('\n'), { uniqueKeys: false, logLevel: 'error' });
		return { meta: flattenMeta(value), lineCount, problem: null };
	} catch (error) {
		const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
		const problem: Problem = {
			rule: 'S2',
			line: 1,
			column: 1,
			message: `the front matter is not valid YAML: ${reason}`,
			hint: 'it was read as "key: value" lines; mend it so that other tools read it too',
		};
		return { meta: readPairs(body, ':'), lineCount, problem };
	}
}

function flattenMeta(value: unknown): Record<string, string> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
	const meta: Record<string, string> = {};
	for (const [key, entry] of Object.entries(value)) {
		if (entry === null || entry === undefined) continue;
		if (Array.isArray(entry)) meta[key] = entry.filter((item) => typeof item !== 'object').join(', ');
		else if (entry instanceof Date) meta[key] = entry.toISOString().slice(0, 10);
		else if (typeof entry !== 'object') meta[key] = String(entry);
	}
	return meta;
}

function readPairs(body: readonly string[], separator: ':' | '='): Record<string, string> {
	const meta: Record<string, string> = {};
	for (const line of body) {
		const at = line.indexOf(separator);
		if (at <= 0 || /^\s/.test(line)) continue;
		const key = line
			.slice(0, at)
			.trim()
			.replace(/^["']|["']$/g, '');
		meta[key] = line
			.slice(at + 1)
			.trim()
			.replace(/^["']|["']$/g, '');
	}
	return meta;
}

const admonition = /^(\s*)(?:!!!|\?\?\?\+?)\s+([\w-]+)(?:\s+"([^"]*)")?\s*$/;

/** `!!! warning "Title"` and its indented body become a block quote that begins with `[!WARNING]`: same lines, parsed content. */
function quoteAdmonitions(lines: string[]): void {
	let fence: string | null = null;
	for (let index = 0; index < lines.length; index++) {
		const line = lines[index] ?? '';
		const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
		if (mark !== undefined) {
			if (fence === null) fence = mark;
			else if (mark.startsWith(fence)) fence = null;
			continue;
		}
		if (fence !== null) continue;
		const found = admonition.exec(line);
		if (found === null) continue;
		const indent = found[1] ?? '';
		lines[index] = `${indent}> [!${(found[2] ?? '').toUpperCase()}] ${found[3] ?? ''}`.trimEnd();
		const body = `${indent}    `;
		let next = index + 1;
		while (next < lines.length && ((lines[next] ?? '').startsWith(body) || (lines[next] ?? '').trim() === '')) next++;
		while (next > index + 1 && (lines[next - 1] ?? '').trim() === '') next--;
		for (let at = index + 1; at < next; at++) lines[at] = `${indent}> ${(lines[at] ?? '').slice(body.length)}`.trimEnd();
		index = next - 1;
	}
}
