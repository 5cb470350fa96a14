import { readExpectations, readFence, readInlineCode, readProseEffect } from '../command.ts';
import type { Command, Expect, Link, Step } from '../model.ts';
import { append } from './append.ts';
import type { Block, FenceBlock, ItemBlock } from './blocks.ts';
import type { Draft } from './draft.ts';
import type { InlineLine } from './inline.ts';

/** After these words a list says what should be seen; it asks for nothing (rule P5). */
const expectationLead =
	/(?:\bshould (?:show|see|return|display|contain|include|look like)|\blook for|\bexpected(?: output| results?| values?)?|\byou(?:'ll| will| should) see|\boutput should\b[^:]*|\bcheck the output)\s*:$/i;

/** Reads a list item and all below it as a step. */
export function readItemStep(draft: Draft, item: ItemBlock, parent: string): Step {
	const first = item.blocks[0];
	const head = first?.type === 'paragraph' ? first.content : [];
	const words = joinText(head);
	const text = words.replace(/\s*[:：]$/, '');
	const address = draft.addresses.give(parent, text);
	const ownEnd = first?.type === 'paragraph' ? first.endLine : item.line;
	draft.claim(item.line, ownEnd, 'step', address);
	const body = readBody(draft, first?.type === 'paragraph' ? item.blocks.slice(1) : item.blocks, address, words);
	const { commands, expects, links, envs, paths, warns, changes } = body.collect(head);
	// Written out: spreading the collected facts was a fifth of the time that reading took.
	return {
		address,
		line: item.line,
		endLine: item.endLine,
		text,
		lead: head[0]?.lead ?? null,
		condition: readCondition(text),
		form: 'item',
		marker: item.ordered ? 'number' : 'bullet',
		substeps: body.substeps,
		commands,
		expects,
		links,
		envs,
		paths,
		warns,
		changes,
		bindings: draft.bindingsAt(item.line, ownEnd),
	};
}

/** Reads the blocks below a heading that is itself a step. */
export function readHeadingStep(
	draft: Draft,
	heading: { readonly text: string; readonly line: number; readonly endLine: number; readonly address: string },
	blocks: readonly Block[],
): Step {
	const body = readBody(draft, blocks, heading.address, heading.text);
	return {
		...body.collect([]),
		address: heading.address,
		line: heading.line,
		endLine: heading.endLine,
		text: heading.text,
		lead: null,
		condition: readCondition(heading.text),
		form: 'heading',
		marker: null,
		substeps: body.substeps,
		bindings: draft.bindingsAt(heading.line, heading.line),
	};
}

/** A fence that is a step of its own; numbered comments split it into several (rule P4). */
export function readCodeSteps(
	draft: Draft,
	fence: FenceBlock,
	intro: readonly InlineLine[],
	parent: string,
	title: string,
): readonly Step[] {
	const reading = draft.reading(fence);
	const numbered = reading.comments.filter((comment) => comment.ordinal !== null);
	const base = {
		lead: null,
		condition: null,
		marker: null,
		substeps: [],
		expects: [] as Expect[],
		links: [],
		envs: [],
		paths: [],
		warns: [],
	} as const;
	if (numbered.length >= 2 || (reading.commentOnly && reading.comments.length > 0)) {
		const address = draft.registerFence(fence, parent);
		const marks = numbered.length >= 2 ? numbered : reading.comments;
		return marks.map((mark, index) => {
			const until = marks[index + 1]?.line ?? Number.POSITIVE_INFINITY;
			const commands = reading.commands.filter((command) => command.line >= mark.line && command.line < until);
			const end = Math.min(until - 1, fence.endLine - 1);
			return {
				...base,
				address: draft.addresses.give(address, mark.text),
				line: mark.line,
				endLine: end,
				text: mark.text,
				form: 'comment' as const,
				commands,
				envs: namesOf(commands, []),
				changes: changesOf(mark.text, commands),
				bindings: [],
			};
		});
	}
	const text = joinText(intro).replace(/\s*[:：]$/, '') || reading.comments[0]?.text || title;
	const address = draft.addresses.give(parent, text);
	if (intro.length > 0) draft.claim(intro[0]?.line ?? 0, intro.at(-1)?.line ?? 0, 'step', address);
	draft.registerFence(fence, address);
	return [
		{
			...base,
			address,
			line: fence.line,
			endLine: fence.endLine,
			text,
			condition: readCondition(text),
			form: 'code',
			commands: reading.commands,
			expects: reading.comments.flatMap((comment) => readExpectations(comment.text)),
			links: intro.flatMap((line) => line.links),
			envs: namesOf(reading.commands, intro),
			changes: changesOf(text, reading.commands),
			bindings: [
				...draft.bindingsAt(fence.line, fence.line),
				...(intro.length > 0 ? draft.bindingsAt(intro[0]?.line ?? 0, intro.at(-1)?.line ?? 0) : []),
			],
		},
	];
}

/** A paragraph that is a step of its own. */
export function readProseStep(draft: Draft, lines: readonly InlineLine[], parent: string): Step {
	const text = joinText(lines);
	const address = draft.addresses.give(parent, text);
	const line = lines[0]?.line ?? 0;
	const endLine = lines.at(-1)?.line ?? line;
	draft.claim(line, endLine, 'step', address);
	return {
		...makeBody([]).collect(lines),
		address,
		line,
		endLine,
		text,
		lead: null,
		condition: readCondition(text),
		form: 'prose',
		marker: null,
		substeps: [],
		bindings: draft.bindingsAt(line, endLine),
	};
}

type Collected = Pick<Step, 'commands' | 'expects' | 'links' | 'envs' | 'paths' | 'warns' | 'changes'>;

interface Body {
	readonly substeps: readonly Step[];
	/** Facts of the body and of the lines that open it. */
	collect(head: readonly InlineLine[]): Collected;
}

interface Parts {
	substeps: Step[];
	commands: Command[];
	expects: Expect[];
	lines: InlineLine[];
}

function readBody(draft: Draft, blocks: readonly Block[], address: string, text: string): Body {
	const parts: Parts = { substeps: [], commands: [], expects: [], lines: [] };
	let before = text;
	for (const block of blocks) before = readBodyBlock(draft, block, address, before, parts);
	return makeBody(parts.lines, parts);
}

/** Returns the words that stand right before the next block. */
function readBodyBlock(draft: Draft, block: Block, address: string, before: string, parts: Parts): string {
	switch (block.type) {
		case 'paragraph': {
			draft.claim(block.line, block.endLine, 'step', address);
			const raw = block.content.map((line) => line.raw).join(' ');
			append(parts.expects, readExpectations(raw));
			append(parts.lines, block.content);
			return joinText(block.content);
		}
		case 'fence': {
			draft.registerFence(block, address);
			const reading = draft.reading(block);
			append(parts.commands, reading.commands);
			for (const comment of reading.comments) append(parts.expects, readExpectations(comment.text));
			return '';
		}
		case 'list':
			if (expectationLead.test(before)) {
				for (const item of block.items) {
					const words = itemText(item);
					parts.expects.push({ kind: 'text', text: words });
				}
				draft.claimBlocks([block], 'step', address);
			} else for (const item of block.items) parts.substeps.push(readItemStep(draft, item, address));
			return '';
		case 'quote':
			for (const inner of block.blocks) readBodyBlock(draft, inner, address, '', parts);
			draft.claim(block.line, block.endLine, 'step', address);
			return '';
		case 'table':
			draft.claim(block.line, block.endLine, 'step', address);
			for (const row of block.rows) append(parts.lines, row.cells);
			return '';
		case 'html':
		case 'rule':
		case 'heading':
		case 'item':
			return '';
		default:
			return block satisfies never;
	}
}

function makeBody(bodyLines: readonly InlineLine[], parts: Parts = { substeps: [], commands: [], expects: [], lines: [] }): Body {
	return {
		substeps: parts.substeps,
		collect(head) {
			const lines = [...head, ...bodyLines];
			const inline = lines.flatMap((line) => line.codes.flatMap((code) => readInlineCode(code, line.line) ?? []));
			const plain = inline.length === 0 && parts.commands.length === 0 ? readPlainCommand(head) : [];
			const commands = [...inline, ...plain, ...parts.commands].sort((a, b) => a.line - b.line);
			const text = joinText(head);
			return {
				commands,
				expects: [...head.flatMap((line) => readExpectations(line.raw)), ...parts.expects],
				links: uniqueLinks(lines),
				envs: namesOf(commands, lines),
				paths: pathsOf(lines),
				warns: lines.filter((line) => mayWarn.test(line.text) && readProseEffect(line.text).warns).map((line) => line.text),
				changes: changesOf(text, commands),
			};
		},
	};
}

/** Only what begins like one of these is looked at closely: most items are sentences. */
const programFirst =
	/^(?:sudo |\$ )?(?:rm|dd|mkfs[.\w]*|shred|kubectl|oc|helm|docker|git|curl|wget|npm|npx|pnpm|yarn|psql|mysql|mongosh?|redis-cli|aws|gcloud|az|terraform|pulumi|systemctl|service|pm2|ssh|scp|rsync|kill|pkill|killall|shutdown|reboot|vercel|convex|supabase|prisma|fly|heroku|wrangler|iptables|chmod|chown|truncate)\s|^(?:DROP|TRUNCATE|DELETE FROM|ALTER|UPDATE|INSERT INTO)\s/;

/** A step that is a command without any mark around it (rule P17). */
function readPlainCommand(head: readonly InlineLine[]): readonly Command[] {
	const only = head.length === 1 ? head[0] : undefined;
	if (only === undefined || only.codes.length > 0 || !programFirst.test(only.text)) return [];
	const { commands } = readFence('', only.text, only.line);
	return commands.length === 1 ? commands : [];
}

/** The plain words of a run of lines. */
export function joinText(lines: readonly InlineLine[]): string {
	return lines
		.map((line) => line.text)
		.filter((text) => text !== '')
		.join(' ');
}

/** The plain words of an item's first paragraph. */
export function itemText(item: ItemBlock): string {
	const first = item.blocks[0];
	return first?.type === 'paragraph' ? joinText(first.content) : '';
}

/** The inline lines of an item's first paragraph. */
export function itemLines(item: ItemBlock): readonly InlineLine[] {
	const first = item.blocks[0];
	return first?.type === 'paragraph' ? first.content : [];
}

/** Every word of caution holds one of these; most lines hold none and need no closer look. */
const mayWarn =
	/\b(?:not|n['’]t|never|avoid|cannot|no|refrain|only|unless|careful|caution|dangerous|destructive|irreversible|nuclear|loss|warning|risk|untested|last|non-?production|approval|before)|['’]t\b/i;

function readCondition(text: string): string | null {
	if (!/\bif\b/i.test(text)) return null;
	const found = /^if\s+([^,:→]{2,120})(?:[,:→]|$)/i.exec(text) ?? /\(if ([^)]{2,80})\)/i.exec(text);
	return found?.[1]?.trim() ?? null;
}

const envName = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

function namesOf(commands: readonly Command[], lines: readonly InlineLine[]): readonly string[] {
	const names = new Set<string>();
	for (const line of lines) if (line.text.includes('_')) for (const name of line.text.match(envName) ?? []) names.add(name);
	for (const command of commands) for (const name of [...command.variables, ...Object.keys(command.env)]) names.add(name);
	return [...names];
}

function pathsOf(lines: readonly InlineLine[]): readonly string[] {
	const paths = new Set<string>();
	for (const line of lines) {
		for (const code of line.codes) if (/^\/[\w./{}[\]-]+$/.test(code)) paths.add(code);
		if (!line.text.includes('/')) continue;
		for (const found of line.text.matchAll(/(?:^|\s)(\/(?:api|health|healthz|status|ready|readyz|livez|ping)\b[\w./-]*)/g))
			paths.add((found[1] ?? '').replace(/[.,]$/, ''));
	}
	return [...paths];
}

function uniqueLinks(lines: readonly InlineLine[]): readonly Link[] {
	const links = new Map<string, Link>();
	for (const line of lines) for (const link of line.links) if (!links.has(link.url)) links.set(link.url, link);
	return [...links.values()];
}

function changesOf(text: string, commands: readonly Command[]): Step['changes'] {
	const prose = readProseEffect(text).changes;
	if (prose === 'destructive' || commands.some((command) => command.effect === 'destructive' || command.effect === 'block'))
		return 'destructive';
	if (prose === 'write' || commands.some((command) => command.effect === 'write')) return 'write';
	return 'none';
}
