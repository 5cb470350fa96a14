import type { Procedure, ProcedureRole, Step } from '../model.ts';
import type { Block } from './blocks.ts';
import type { Draft } from './draft.ts';
import { normaliseHeading } from './heading.ts';
import { type Group, joinLists, type SectionNode } from './sections.ts';
import { readHeadingStep } from './step.ts';
import { readIssueTable } from './tables.ts';

/** Reads sibling ordinal headings as one procedure whose steps they are (rule P7). */
export function readStepHeadings(
	draft: Draft,
	section: SectionNode,
	headings: readonly SectionNode[],
	context: { readonly role: ProcedureRole; readonly issue: string | null },
): Procedure {
	const steps = headings.map((child) => {
		draft.claim(child.line, child.heading?.endLine ?? child.line, 'heading', child.address);
		return readSectionStep(draft, child, between(section, headings, child));
	});
	const titles = headings.map((child) => child.title);
	const procedure: Procedure = {
		address: section.heading === null ? draft.addresses.give('', 'procedure') : `${section.address}`,
		line: section.heading === null ? (headings[0]?.line ?? 1) : section.line,
		endLine: headings.at(-1)?.endLine ?? section.endLine,
		title: section.heading === null ? (titles[0]?.title ?? '') : section.title.title,
		role: context.role,
		form: 'step-headings',
		issue: context.issue,
		when: [],
		prerequisites: [],
		steps,
		branches: titles.some((title) => title.counter === 'option') || titles.every((title) => /^(?:if|when)\b/i.test(title.title)),
	};
	draft.procedures.push(procedure);
	return procedure;
}

/** A heading as a step: its own blocks, then its subsections as substeps. */
function readSectionStep(draft: Draft, section: SectionNode, further: readonly SectionNode[]): Step {
	if (section.role === 'rollback') draft.rollback ||= section.blocks.some((block) => block.type === 'list' || block.type === 'fence');
	const blocks: readonly Block[] = joinLists(
		section.blocks.filter((block) => block.type !== 'rule' && !(block.type === 'table' && readIssueTable(draft, block, section.address))),
	);
	const step = readHeadingStep(
		draft,
		{ text: section.title.title, line: section.line, endLine: section.endLine, address: section.address },
		blocks,
	);
	const below = [...section.children, ...further].map((child) => {
		draft.claim(child.line, child.heading?.endLine ?? child.line, 'heading', child.address);
		return readSectionStep(draft, child, []);
	});
	return below.length === 0
		? step
		: {
				...step,
				endLine: below.reduce((end, child) => Math.max(end, child.endLine), step.endLine),
				substeps: [...step.substeps, ...below],
			};
}

/** Headings without an ordinal that stand between two steps belong to the step before them. */
function between(section: SectionNode, headings: readonly SectionNode[], step: SectionNode): readonly SectionNode[] {
	const next = headings[headings.indexOf(step) + 1];
	if (next === undefined) return [];
	return section.children.filter((child) => child.line > step.line && child.line < next.line && !headings.includes(child));
}

/** Which children of a section a procedure of step headings takes, in-between ones included. */
export function takenChildren(section: SectionNode, headings: readonly SectionNode[]): readonly SectionNode[] {
	return headings.flatMap((step) => [step, ...between(section, headings, step)]);
}

/** Labels that count themselves, "**Step 2: Promote it**": two or more are the steps of one procedure (rule P14). */
export function labelSteps(groups: readonly Group[]): readonly Group[] {
	const counted = groups.filter(
		(group) => group.label !== null && group.label.value === null && normaliseHeading(group.label.text).counter === 'step',
	);
	return counted.length >= 2 ? counted : [];
}

/** Reads counted labels as one procedure named by their section. */
export function readLabelSteps(draft: Draft, section: SectionNode, groups: readonly Group[], role: ProcedureRole): Procedure {
	const steps = groups.flatMap((group) => {
		if (group.label === null) return [];
		const { text, line } = group.label;
		const address = draft.addresses.give(section.address, text);
		draft.claim(line, line, 'step', address);
		const endLine = group.blocks.at(-1)?.endLine ?? line;
		return [readHeadingStep(draft, { text: normaliseHeading(text).title, line, endLine, address }, joinLists(group.blocks))];
	});
	const procedure: Procedure = {
		address: section.heading === null ? draft.addresses.give('', 'procedure') : section.address,
		line: section.heading === null ? (steps[0]?.line ?? 1) : section.line,
		endLine: steps.at(-1)?.endLine ?? section.endLine,
		title: section.title.title,
		role,
		form: 'step-headings',
		issue: null,
		when: [],
		prerequisites: [],
		steps,
		branches: false,
	};
	draft.procedures.push(procedure);
	return procedure;
}
