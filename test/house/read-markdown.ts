/** What a house test needs of a Markdown document: links, code in backticks, fenced blocks, anchors. Reads our own documents only. */

export interface Placed {
	readonly text: string;
	readonly line: number;
}

export interface Fence extends Placed {
	readonly lang: string;
}

export interface MarkdownParts {
	readonly links: readonly Placed[];
	readonly codes: readonly Placed[];
	readonly fences: readonly Fence[];
	/** As GitHub makes them of headings. */
	readonly anchors: ReadonlySet<string>;
}

export function readMarkdown(source: string): MarkdownParts {
	const links: Placed[] = [];
	const codes: Placed[] = [];
	const fences: Fence[] = [];
	const anchors = new Map<string, number>();
	let open: { lang: string; marker: string; line: number; lines: string[] } | null = null;

	for (const [index, text] of source.split(/\r?\n/).entries()) {
		const line = index + 1;
		if (open !== null) {
			if (text.trim() === open.marker) {
				fences.push({ lang: open.lang, text: open.lines.join('\n'), line: open.line });
				open = null;
			} else open.lines.push(text);
			continue;
		}
		const fence = /^\s*(`{3,}|~{3,})\s*(\S*)/.exec(text);
		if (fence) {
			open = { marker: fence[1] ?? '', lang: fence[2] ?? '', line, lines: [] };
			continue;
		}
		const heading = /^#{1,6}\s+(.*?)(?:\s+#+)?\s*$/.exec(text)?.[1];
		if (heading !== undefined) addAnchor(anchors, heading);
		for (const [, code = ''] of text.matchAll(/`([^`]+)`/g)) codes.push({ text: code, line });
		const words = text.replace(/`[^`]*`/g, '');
		for (const [, target = ''] of words.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)) links.push({ text: target, line });
		const definition = /^\s{0,3}\[[^\]^]+\]:\s*<?(\S+?)>?\s*$/.exec(words)?.[1];
		if (definition !== undefined) links.push({ text: definition, line });
	}
	return { links, codes, fences, anchors: new Set(anchors.keys()) };
}

function addAnchor(anchors: Map<string, number>, heading: string): void {
	const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<!--.*?-->/g, '');
	const slug = plain
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}\s_-]/gu, '')
		.replace(/\s/g, '-');
	const times = anchors.get(slug) ?? 0;
	anchors.set(slug, times + 1);
	if (times > 0) anchors.set(`${slug}-${times}`, 1);
}
