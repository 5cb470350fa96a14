import type { Line, Procedure, ProcedureRole } from '../model.ts';
import type { Block } from './blocks.ts';
import { readChecklists, sweepTasks } from './checklists.ts';
import { readContacts, readScope } from './contacts.ts';
import type { Draft } from './draft.ts';
import { procedureRoleOf, readIssue } from './issues.ts';
import { readLines } from './lines.ts';
import { isLinkList } from './link-list.ts';
import { nameProcedure } from './name-procedure.ts';
import { readPointOfContact } from './point-of-contact.ts';
import { readProcedures } from './procedures.ts';
import { groupsOf, isAlertName, isIssue, stepHeadings } from './recognise.ts';
import { readCommandRefs, readUrlRefs } from './references.ts';
import type { Group, SectionNode } from './sections.ts';
import { labelSteps, readLabelSteps, readStepHeadings, takenChildren } from './step-headings.ts';
import { readIssueTable } from './tables.ts';
import type { Role } from './words.ts';

/** What a section inherits from those above it. */
interface Scope {
	/** Role of the nearest ancestor that has one of its own. */
	readonly container: Role;
	/** Titles from the parent up to the root. */
	readonly titles: readonly string[];
	readonly emergency: boolean;
	readonly recurring: boolean;
	readonly monitoring: boolean;
	readonly contacts: boolean;
	readonly inert: boolean;
}

/** Reads the whole section tree into the draft. */
export function interpret(draft: Draft, root: SectionNode): void {
	giveAddresses(draft, root, '');
	const scope: Scope = {
		container: 'none',
		titles: [],
		emergency: false,
		recurring: false,
		monitoring: false,
		contacts: false,
		inert: false,
	};
	const only = root.children.length === 1 ? root.children[0] : undefined;
	if (only !== undefined && isDocumentIssue(only)) {
		readOwn(draft, root, scope);
		readIssue(draft, only, 'document');
		sweepTasks(draft, root);
		return;
	}
	walk(draft, root, scope);
	sweepTasks(draft, root);
}

/** The whole file is one alert or issue. */
function isDocumentIssue(section: SectionNode): boolean {
	return (
		isIssue(section, 'none') ||
		(isAlertName(section.title.title) &&
			section.children.some((child) => child.role === 'diagnosis' || child.role === 'resolution' || child.role === 'meaning'))
	);
}

function giveAddresses(draft: Draft, section: SectionNode, parent: string): void {
	// A single title above everything is not part of the path: renaming the document moves nothing.
	const top = section.parent === null || (section.parent.parent === null && section.level === 1);
	section.address = section.heading === null ? '' : draft.addresses.give(parent, section.title.title);
	for (const child of section.children) giveAddresses(draft, child, top ? '' : section.address);
}

function walk(draft: Draft, section: SectionNode, scope: Scope): void {
	if (section.heading !== null) {
		draft.claim(section.line, section.heading.endLine, 'heading', section.address);
		if (section.level > 1 && isIssue(section, scope.container)) {
			readIssue(draft, section, 'heading');
			return;
		}
		if (section.role === 'toc' || section.role === 'template') {
			const reason = section.role;
			draft.inert.push({ address: section.address, line: section.line, endLine: section.endLine, reason });
			draft.claimBlocks(section.blocks, 'inert', section.address, reason);
			for (const child of section.children) walk(draft, child, reason === 'template' ? { ...scope, inert: true } : scope);
			return;
		}
		if (readMetaSection(draft, section)) return;
	}
	const before = draft.procedures.length;
	readOwn(draft, section, scope);
	const steps = stepHeadings(section);
	if (steps.length > 0) readStepHeadings(draft, section, steps, { role: roleFor(section, scope), issue: null });
	const inner = innerScope(section, scope);
	const taken = takenChildren(section, steps);
	for (const child of section.children) if (!taken.includes(child)) walk(draft, child, inner);
	joinWhen(draft, section, before);
}

function innerScope(section: SectionNode, scope: Scope): Scope {
	const own = section.role;
	const speaks = own !== 'none' && own !== 'group';
	return {
		container: speaks ? own : scope.container === 'issue-container' ? 'issue-container' : own === 'group' ? 'group' : scope.container,
		titles: section.heading === null ? [] : [section.title.title, ...scope.titles],
		emergency: scope.emergency || own === 'emergency',
		recurring: scope.recurring || own === 'recurring' || own === 'maintenance',
		monitoring: scope.monitoring || own === 'monitoring',
		contacts: scope.contacts || own === 'contacts' || own === 'escalation',
		inert: scope.inert,
	};
}

function roleFor(section: SectionNode, scope: Scope): ProcedureRole {
	if (section.role === 'diagnosis' || (section.role === 'issue-container' && /trouble/i.test(section.title.title))) return 'diagnose';
	const own = procedureRoleOf(section.role, 'other');
	if (own !== 'other' && own !== 'immediate') return own;
	if (scope.emergency) return 'emergency';
	if (own === 'immediate') return 'immediate';
	return procedureRoleOf(scope.container, 'other');
}

/** Reads a section's own blocks, group by group. */
function readOwn(draft: Draft, section: SectionNode, scope: Scope): void {
	let when: readonly Line[] = [];
	let prerequisites: readonly Line[] = [];
	const groups = groupsOf(section);
	const counted = labelSteps(groups);
	if (counted.length > 0 && !scope.inert) readLabelSteps(draft, section, counted, roleFor(section, scope));
	for (const group of groups) {
		if (counted.includes(group)) continue;
		const role = fieldOfProcedure(group, section) ?? roleOfGroup(group, section);
		const address = group.label === null ? section.address : draft.addresses.give(section.address, group.label.text);
		if (group.label !== null) {
			if (group.label.value !== null && role === 'meta')
				takeMeta(draft, group.label.text, group.label.value.rest, group.label.line, address);
			else if (group.label.value === null) draft.claim(group.label.line, group.label.line, 'label', address);
		}
		if (scope.inert) {
			draft.claimBlocks(group.blocks, 'inert', address, 'template');
			continue;
		}
		if (role === 'rollback-when' || ((role === 'when' || role === 'prerequisites') && section.role !== role)) {
			const lines = readLines(draft, group.blocks, 'line', address, group.label);
			if (role === 'prerequisites') prerequisites = [...prerequisites, ...lines];
			else when = [...when, ...lines];
			continue;
		}
		const procedures = readGroup(draft, group, role, address, section, scope, when, prerequisites);
		if (procedures.length > 0) {
			when = [];
			prerequisites = [];
		}
	}
	if (
		section.role === 'rollback' &&
		section.blocks.some(
			(block) => block.type !== 'rule' && block.type !== 'html' && (block.type !== 'paragraph' || block.content.length > 0),
		) &&
		!isOneLine(section)
	)
		draft.rollback ||= section.blocks.some((block) => block.type === 'list' || block.type === 'fence');
}

function isWithin(node: { readonly line: number }, block: Block): boolean {
	return node.line >= block.line && node.line <= block.endLine;
}

function isOneLine(section: SectionNode): boolean {
	return (
		section.blocks.length === 1 &&
		section.blocks[0]?.type === 'paragraph' &&
		section.blocks[0].content.length === 1 &&
		(section.blocks[0].content[0]?.text.length ?? 0) < 40
	);
}

function readGroup(
	draft: Draft,
	group: Group,
	role: Role,
	address: string,
	section: SectionNode,
	scope: Scope,
	when: readonly Line[],
	prerequisites: readonly Line[],
): readonly Procedure[] {
	const title = group.label?.text ?? section.title.title;
	const line = group.label?.line ?? section.line;
	const blocks = group.blocks.filter((block) => !takeContents(draft, block, address));
	if (role === 'references') {
		draft.inert.push({ address, line, endLine: blocks.at(-1)?.endLine ?? line, reason: 'references' });
		return [];
	}
	if (role === 'commands') {
		readCommandRefs(draft, blocks, address);
		return [];
	}
	if (role === 'urls') {
		readUrlRefs(draft, blocks, address);
		return [];
	}
	const inContacts = role === 'contacts' || role === 'escalation' || (scope.contacts && role !== 'severity' && role !== 'communication');
	let named: readonly Block[] = [];
	if (inContacts) {
		const contacts = readContacts(
			draft,
			group,
			{ title: section.title.title, address, line },
			readScope([group.label?.text ?? '', section.title.title, ...scope.titles]),
		);
		// An ordered list that asks for things may stand beside the table of people.
		const left = group.blocks.filter((block) => block.type === 'list' && block.ordered && !contacts.some((one) => isWithin(one, block)));
		if (contacts.length > 0 && left.length === 0) return [];
		if (contacts.length > 0) named = blocks.filter((block) => !left.includes(block));
	} else readPointOfContact(draft, group, address);
	const taken = readChecklists(draft, blocks, {
		title,
		line,
		address,
		titles: [section.title.title, ...scope.titles],
		monitoring: scope.monitoring || role === 'monitoring',
		recurring: scope.recurring || role === 'recurring',
	});
	const rest = blocks.filter((block) => {
		if (taken.includes(block) || named.includes(block)) return false;
		return !(block.type === 'table' && readIssueTable(draft, block, address));
	});
	if (taken.length > 0 && rest.every((block) => block.type === 'paragraph')) return [];
	return readProcedures(draft, rest, {
		title: nameProcedure(group, section, role),
		line,
		endLine: section.endLine,
		address,
		role: role === 'none' && scope.emergency && group.label === null ? 'emergency' : role,
		procedureRole:
			group.label !== null && group.label.role !== 'none' && group.label.role !== 'immediate'
				? procedureRoleOf(group.label.role, roleFor(section, scope))
				: roleFor(section, scope),
		counter: section.title.counter,
		level: section.level,
		foreign: section.foreign,
		// Elsewhere prose describes; a rollback is often told in two sentences and nothing else.
		prose: role === 'rollback' && section.children.length === 0 && groupsOf(section).length === 1,
		issue: null,
		when,
		prerequisites,
	});
}

function roleOfGroup(group: Group, section: SectionNode): Role {
	if (group.label === null) return section.role;
	if (group.label.role !== 'none') return group.label.role;
	// "Phase 1: Detection" holds what is done then; only its own bullets describe.
	return section.title.counter !== '' && section.role === 'symptom' ? 'none' : section.role;
}

/** "Commands" beside "Verify" and "Rollback" is what a procedure does, not a list of handy commands (rule R26). */
function fieldOfProcedure(group: Group, section: SectionNode): Role | null {
	if (group.label !== null || section.role !== 'commands' || !/^(?:commands?|execution|execute)$/i.test(section.title.title)) return null;
	const beside = section.parent?.children.filter((child) => child !== section).map((child) => child.role) ?? [];
	return beside.some((role) => role === 'verify' || role === 'rollback' || role === 'prerequisites') ? 'resolution' : null;
}

/** A list of nothing but links into the document is its table of contents (rule R2). */
function takeContents(draft: Draft, block: Block, address: string): boolean {
	if (block.type !== 'list' || !isLinkList(block)) return false;
	const inside = block.items.filter((item) =>
		item.blocks.some(
			(part) => part.type === 'paragraph' && part.content.some((line) => line.links.some((link) => link.url.startsWith('#'))),
		),
	);
	if (inside.length < block.items.length * 0.8) return false;
	draft.inert.push({ address, line: block.line, endLine: block.endLine, reason: 'toc' });
	draft.claimBlocks([block], 'inert', address, 'toc');
	return true;
}

/** Heading = field, body = one short line: metadata, not prose (rule R4). */
function readMetaSection(draft: Draft, section: SectionNode): boolean {
	if (section.children.length > 0 || section.role !== 'meta') return false;
	const first = section.blocks[0];
	if (section.blocks.length !== 1 || first?.type !== 'paragraph' || first.content.length !== 1) return false;
	takeMeta(draft, section.title.title, first.content[0]?.text ?? '', first.line, section.address);
	return true;
}

function takeMeta(draft: Draft, name: string, value: string, line: number, address: string): void {
	draft.claim(line, line, 'meta', address);
	draft.meta[name] ??= value;
}

/** Criteria that stand beside the one procedure of a section belong to it, and the section names it (rules P8, P9). */
function joinWhen(draft: Draft, section: SectionNode, before: number): void {
	const criteria = section.children.filter((child) => child.role === 'rollback-when' || child.role === 'when');
	if (criteria.length === 0) return;
	const own = draft.procedures.slice(before).filter((procedure) => procedure.issue === null);
	const target = own.find((procedure) => procedure.role === 'rollback') ?? own[0];
	if (target === undefined) return;
	const when = criteria.flatMap((child) => readLines(draft, child.blocks, 'line', child.address));
	const at = draft.procedures.indexOf(target);
	draft.procedures[at] = { ...target, when: [...target.when, ...when] };
}
