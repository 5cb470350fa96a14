import { append } from './append.ts';
import type { Block, FenceBlock, HeadingBlock, ItemBlock, ListBlock, ParagraphBlock } from './blocks.ts';
import { type HeadingTitle, normaliseHeading } from './heading.ts';
import type { InlineLine } from './inline.ts';
import { isForeign } from './language.ts';
import { type Role, recogniseRole } from './words.ts';

/** A heading, the blocks below it up to the next heading, and its subsections. */
export interface SectionNode {
	readonly heading: HeadingBlock | null;
	readonly title: HeadingTitle;
	/** As written, markup off. */
	readonly rawTitle: string;
	readonly role: Role;
	/** The document is not in English (rule M2). */
	readonly foreign: boolean;
	readonly level: number;
	readonly line: number;
	readonly blocks: Block[];
	readonly children: SectionNode[];
	readonly parent: SectionNode | null;
	address: string;
	endLine: number;
}

/** A label and the blocks it opens; the first group of a section may have no label. */
export interface Group {
	readonly label: Label | null;
	readonly blocks: Block[];
	readonly line: number;
}

export interface Label {
	readonly text: string;
	readonly role: Role;
	readonly line: number;
	/** Words on the label's own line: `**Impact**: checkout fails`. */
	readonly value: InlineLine | null;
	/** Plain words before a colon, neither bold nor italic. */
	readonly plain: boolean;
	/** The paragraph or list item that it stands in. */
	readonly block: ParagraphBlock | ItemBlock;
}

/** Nests blocks by heading level under one root of level 0. */
export function buildSections(blocks: readonly Block[], lineCount: number): SectionNode {
	const foreign = isForeign(blocks);
	const root = makeSection(null, null, 1, foreign);
	let current = root;
	for (const block of blocks) {
		if (block.type !== 'heading') {
			current.blocks.push(block);
			continue;
		}
		let parent: SectionNode = current;
		while (parent.level >= block.level && parent.parent !== null) parent = parent.parent;
		current = makeSection(block, parent, block.line, foreign);
		parent.children.push(current);
	}
	closeSections(root, lineCount);
	return root;
}

function makeSection(heading: HeadingBlock | null, parent: SectionNode | null, line: number, foreign: boolean): SectionNode {
	const rawTitle = heading?.content.map((part) => part.text).join(' ') ?? '';
	const title = normaliseHeading(rawTitle);
	return {
		heading,
		title,
		rawTitle,
		role: heading === null ? 'none' : recogniseRole(title.title),
		foreign,
		level: heading?.level ?? 0,
		line,
		blocks: [],
		children: [],
		parent,
		address: '',
		endLine: line,
	};
}

function closeSections(section: SectionNode, endLine: number): void {
	section.endLine = endLine;
	section.children.forEach((child, index) => {
		const next = section.children[index + 1];
		closeSections(child, next === undefined ? endLine : next.line - 1);
	});
}

const asideLabel =
	/^(?:note|notes|warning|important|caution|tip|info|nb|hint|example|attention|danger|critical|remember|pro tip|reminder)s?\b/i;

/** "Do not revert without:" opens conditions, not steps. */
const negated = /^(?:do not|don['’]t|never|no|não|ne|nicht|non)\b/i;

/** Cuts a section's own blocks at labels and rules (rule H2). */
export function groupBlocks(blocks: readonly Block[]): readonly Group[] {
	let known = grouped.get(blocks);
	if (known === undefined) {
		known = cutGroups(blocks);
		grouped.set(blocks, known);
	}
	return known;
}

// Asked several times of the same section; blocks do not change once the sections are built.
const grouped = new WeakMap<readonly Block[], readonly Group[]>();

function cutGroups(blocks: readonly Block[]): readonly Group[] {
	const groups: { label: Label | null; blocks: Block[]; line: number }[] = [];
	let current: { label: Label | null; blocks: Block[]; line: number } = { label: null, blocks: [], line: blocks[0]?.line ?? 0 };
	const open = (label: Label | null, line: number): void => {
		if (current.label !== null || current.blocks.length > 0) groups.push(current);
		current = { label, blocks: [], line };
	};
	blocks.forEach((block, index) => {
		if (block.type === 'rule') {
			open(null, block.line);
			return;
		}
		if (block.type === 'paragraph') {
			const labels = readLabels(block, blocks[index + 1]);
			if (labels.length > 0) {
				for (const label of labels) open(label, label.line);
				return;
			}
		}
		if (block.type === 'list' && isFieldList(block)) {
			for (const item of block.items) {
				const label = readItemLabel(item);
				if (label === null) append(current.blocks, item.blocks);
				else {
					open(label, label.line);
					append(current.blocks, item.blocks.slice(1));
				}
			}
			return;
		}
		current.blocks.push(block);
	});
	open(null, 0);
	return inheritRoles(groups);
}

/** "**Solution:**" with nothing below it gives its role to the labels after it: "**Linux:**", "**macOS:**" (rule H4). */
function inheritRoles(groups: readonly Group[]): readonly Group[] {
	let inherited: Role = 'none';
	return groups.map((group) => {
		if (group.label === null) {
			inherited = 'none';
			return group;
		}
		if (group.label.role !== 'none') {
			inherited = group.blocks.length === 0 && group.label.value === null ? group.label.role : 'none';
			return group;
		}
		return inherited === 'none' ? group : { ...group, label: { ...group.label, role: inherited } };
	});
}

function readLabels(block: ParagraphBlock, next: Block | undefined): readonly Label[] {
	const lines = block.content;
	const first = lines[0];
	if (first === undefined) return [];
	if (lines.length === 1) {
		const label = readLabel(first, block, next);
		return label === null ? [] : [label];
	}
	// Several `**Label**: value` pairs may share a paragraph with nothing but line breaks between them.
	if (!lines.every((line) => line.lead !== null && line.leadColon)) {
		const opens = readLabel(first, block, undefined);
		return opens !== null && opens.role !== 'none' && opens.value === null ? [opens] : [];
	}
	return lines.flatMap((line) => {
		const label = readLabel(line, block, next);
		return label === null ? [] : [label];
	});
}

function readLabel(line: InlineLine, block: ParagraphBlock, next: Block | undefined): Label | null {
	if (line.lead !== null && !asideLabel.test(line.lead)) {
		const role = roleOf(line.lead);
		const value = line.rest === '' ? null : line;
		if (line.leadColon && (value === null || role !== 'none'))
			return { text: line.lead, role, line: line.line, value, plain: false, block };
		if (
			!line.leadColon &&
			value === null &&
			line.leadMark === 'strong' &&
			opensBody(next) &&
			line.text.length <= 100 &&
			!/[.!]$/.test(line.text)
		)
			return { text: line.lead, role, line: line.line, value: null, plain: false, block };
		return null;
	}
	if (line.lead === null && /[:：]$/.test(line.text) && line.text.length <= 80 && !negated.test(line.text)) {
		const words = line.text.replace(/\s*[:：]$/, '');
		const role = roleOf(words);
		if ((role !== 'none' && words.split(' ').length <= 6) || (/^if\b/i.test(words) && opensBody(next)))
			return { text: words, role, line: line.line, value: null, plain: true, block };
	}
	return null;
}

function roleOf(text: string): Role {
	return recogniseRole(normaliseHeading(text).title);
}

function opensBody(next: Block | undefined): boolean {
	return next !== undefined && (next.type === 'list' || next.type === 'fence' || next.type === 'table');
}

const fieldRoles: ReadonlySet<Role> = new Set<Role>([
	'symptom',
	'cause',
	'meaning',
	'impact',
	'severity',
	'diagnosis',
	'resolution',
	'immediate',
	'prevention',
	'verify',
]);

/** A bullet list whose items are `*Field*: value` pairs of an issue, not steps. */
export function isFieldList(list: ListBlock): boolean {
	if (list.ordered || list.items.length < 2) return false;
	const roles = list.items.map((item) => readItemLabel(item)?.role ?? null);
	const fields = new Set(roles.filter((role): role is Role => role !== null && fieldRoles.has(role)));
	return fields.size >= 2 && roles.filter((role) => role !== null).length * 3 >= list.items.length * 2;
}

function readItemLabel(item: ItemBlock): Label | null {
	const first = item.blocks[0];
	const line = first?.type === 'paragraph' ? first.content[0] : undefined;
	if (line === undefined || item.done !== null) return null;
	if (line.lead !== null && line.leadColon)
		return { text: line.lead, role: roleOf(line.lead), line: line.line, value: line.rest === '' ? null : line, plain: false, block: item };
	const plain = /^([\p{L}][\p{L} ]{2,30}):\s*(.*)$/u.exec(line.text);
	if (line.lead === null && plain !== null) {
		const role = roleOf(plain[1] ?? '');
		if (fieldRoles.has(role))
			return {
				text: plain[1] ?? '',
				role,
				line: line.line,
				value: (plain[2] ?? '') === '' ? null : { ...line, rest: plain[2] ?? '' },
				plain: true,
				block: item,
			};
	}
	return null;
}

/** Joins ordered lists that an unindented fence or paragraph split: the next one goes on counting, or each has one item (rule P2). */
export function joinLists(blocks: readonly Block[]): readonly Block[] {
	const joined: Block[] = [];
	for (let index = 0; index < blocks.length; index++) {
		const block = blocks[index];
		if (block === undefined) continue;
		const before = joined.at(-1);
		if (block.type === 'list' && block.ordered && before !== undefined) {
			const at = joined.findLastIndex((candidate) => candidate.type === 'list' && candidate.ordered);
			const list = joined[at];
			const between = joined.slice(at + 1);
			if (
				list?.type === 'list' &&
				between.every((part) => part.type === 'fence' || part.type === 'paragraph' || part.type === 'quote' || part.type === 'list') &&
				goesOn(list, block, between)
			) {
				const last = list.items.at(-1);
				const items =
					last === undefined
						? []
						: [
								...list.items.slice(0, -1),
								{ ...last, endLine: between.at(-1)?.endLine ?? last.endLine, blocks: [...last.blocks, ...between] },
							];
				joined.splice(at, joined.length - at, { ...list, endLine: block.endLine, items: [...items, ...block.items] });
				continue;
			}
		}
		joined.push(block);
	}
	return joined;
}

function goesOn(list: ListBlock, next: ListBlock, between: readonly Block[]): boolean {
	const last = list.items.at(-1)?.ordinal ?? 0;
	if (next.start === last + 1) return true;
	const fences = between.some((part): part is FenceBlock => part.type === 'fence');
	return fences && next.start === 1 && last === 1 && list.items.every((item) => item.ordinal === 1);
}
