import { readInlineCode } from '../command.ts';
import type { Line, Procedure, ProcedureForm, ProcedureRole, Step } from '../model.ts';
import type { Block, FenceBlock, ItemBlock, ListBlock, ParagraphBlock } from './blocks.ts';
import type { Draft } from './draft.ts';
import { isActionTitle, isDescriptive, isImperative, isMenuPath } from './imperative.ts';
import type { InlineLine } from './inline.ts';
import { isLinkList } from './link-list.ts';
import { joinLists } from './sections.ts';
import { itemLines, itemText, joinText, readCodeSteps, readItemStep, readProseStep } from './step.ts';
import { actionRoles, descriptiveRoles, type Role } from './words.ts';

/** Where a group of blocks stands: what decides whether its lists are steps. */
export interface ProcedureContext {
	readonly title: string;
	/** Where the steps are introduced: the label's or the heading's line. */
	readonly line: number;
	readonly endLine: number;
	readonly address: string;
	/** Role of the label, else of the heading. */
	readonly role: Role;
	/** `option`, `step`, …: the heading counts itself among others. */
	readonly counter: string;
	/** Level of the heading it stands below. */
	readonly level: number;
	/** The document is not in English: verbs can't be told from nouns (rule M2). */
	readonly foreign: boolean;
	readonly procedureRole: ProcedureRole;
	readonly issue: string | null;
	/** Nothing but prose may hold the steps (rule P6). */
	readonly prose: boolean;
	readonly when: readonly Line[];
	readonly prerequisites: readonly Line[];
}

interface Part {
	readonly kind: 'list' | 'code' | 'prose';
	readonly ordered: boolean;
	readonly steps: readonly Step[];
}

/** Reads the procedures in a group of blocks and enters them into the draft; returns them. Blocks that are no steps stay unclaimed. */
export function readProcedures(draft: Draft, blocks: readonly Block[], context: ProcedureContext): readonly Procedure[] {
	const phase = isPhase(context);
	if (descriptiveRoles.has(context.role) && !phase) return [];
	const joined = joinLists(blocks.flatMap((block) => (block.type === 'quote' ? block.blocks : [block])));
	const runs: Part[][] = [[]];
	let intro: ParagraphBlock | null = null;
	for (const block of joined) {
		if (block.type === 'list') {
			const run = runs.at(-1) ?? [];
			const told = intro !== null && tellsOfDocument.test(joinText(intro.content));
			if (told) {
				intro = null;
				continue;
			}
			if (
				phase
					? block.ordered && asksMostly(block, context)
					: block.ordered
						? isStepList(draft, block, context)
						: isActionBullets(block, context)
			) {
				const restarts = block.ordered && block.start <= 1 && run.some((part) => part.kind === 'list' && part.ordered);
				const part: Part = {
					kind: 'list',
					ordered: block.ordered,
					steps: block.items.map((item) => readItemStep(draft, item, context.address)),
				};
				if (restarts) runs.push([part]);
				else run.push(part);
			}
		} else if (block.type === 'fence' && !phase && isExecutable(draft, block) && (mayHoldCode(context) || isIntroduced(intro, context))) {
			const lines: readonly InlineLine[] = intro === null ? [] : intro.content;
			runs.at(-1)?.push({ kind: 'code', ordered: false, steps: readCodeSteps(draft, block, lines, context.address, context.title) });
		}
		intro = block.type === 'paragraph' ? block : null;
	}
	const found = runs.filter((run) => run.length > 0);
	if (found.length === 0 && context.prose) {
		const prose = readProseParts(draft, joined, context);
		if (prose !== null) found.push(prose);
	}
	return found.map((run, index) => {
		const steps = run.flatMap((part) => part.steps);
		const address = index === 0 ? context.address : draft.addresses.give(context.address, `part ${index + 1}`);
		const procedure: Procedure = {
			address,
			line: index === 0 ? context.line : (steps[0]?.line ?? context.line),
			endLine: steps.reduce((end, step) => Math.max(end, step.endLine), context.line),
			title: context.title,
			role: context.procedureRole,
			form: formOf(run),
			issue: context.issue,
			when: index === 0 ? context.when : [],
			prerequisites: index === 0 ? context.prerequisites : [],
			steps,
			branches: steps.length > 1 && steps.every((step) => step.condition !== null),
		};
		draft.procedures.push(procedure);
		return procedure;
	});
}

/** "Each section has the same parts:": the list below tells how the document is made (rule P11). */
const tellsOfDocument =
	/\b(?:each|every|all) (?:section|runbook|page|entry|playbook|alert|procedure)s?\b.*[:：]$|\bthis (?:document|runbook|guide|page|section) (?:covers|describes|contains|assumes|outlines|is for)\b.*[:：]$/i;

function formOf(run: readonly Part[]): ProcedureForm {
	const kinds = new Set(run.map((part) => (part.kind === 'list' ? (part.ordered ? 'ol' : 'ul') : part.kind)));
	if (kinds.size > 1) return kinds.has('code') || kinds.has('prose') ? 'mixed' : kinds.has('ol') ? 'ol' : 'ul';
	const only = [...kinds][0];
	return only === 'ol' || only === 'ul' || only === 'code' ? only : 'prose';
}

/** An ordered list is steps unless its words describe, ask or only link (rule P1). */
function isStepList(draft: Draft, list: ListBlock, context: ProcedureContext): boolean {
	if (isTaskList(list) || isLinkList(list)) return false;
	const items = list.items.map(actionText).filter((text) => text !== '');
	if (items.length === 0) return false;
	if (context.foreign || holdsCommands(draft, list)) return true;
	const imperative = share(items, isImperative);
	const descriptive = share(items, isDescriptive);
	const asking = share(items, (text) => text.endsWith('?'));
	if (asking > 0.6 && context.issue === null && !actionRoles.has(context.role)) return false;
	if (actionRoles.has(context.role) || context.issue !== null) return true;
	if (
		/\b(?:points?|notes?|considerations|facts|reasons?|benefits|features|options|principles|rules|assumptions|limitations|questions|goals|definitions|levels?|types?|categories|locations|sources|order|hierarchy|mirrors|keys)\b(?: to note)?$/i.test(
			context.title,
		)
	)
		return imperative >= 0.6;
	return imperative >= 0.25 || (descriptive < 0.5 && isActionTitle(context.title));
}

/** Items that bring their commands along are steps whatever their words: "1. Disk full:" and a fence (rule P15). */
function holdsCommands(draft: Draft, list: ListBlock): boolean {
	const holding = list.items.filter((item) => item.blocks.some((block) => block.type === 'fence' && draft.reading(block).runnable));
	return holding.length * 2 > list.items.length;
}

/** Bullets are steps only below a title or label that names an action, and when they ask for something (rule P3). */
function isActionBullets(list: ListBlock, context: ProcedureContext): boolean {
	if (isTaskList(list) || isLinkList(list)) return false;
	const items = list.items.map(actionText).filter((text) => text !== '');
	if (items.length === 0) return false;
	if (context.foreign) return actionRoles.has(context.role);
	const imperative = share(items, (text) => isImperative(text) || isMenuPath(text) || /^(?:if|when)\b/i.test(text));
	if (context.issue !== null && actionRoles.has(context.role)) return imperative >= 0.3;
	// In an issue a bullet that holds a command asks for it, whatever the list is called (rule P16).
	if (context.issue !== null && (imperative >= 0.5 || list.items.some(holdsInlineCommand))) return true;
	if (context.role === 'diagnosis' || context.role === 'resolution' || context.role === 'immediate' || context.role === 'emergency')
		return imperative >= 0.5;
	if (actionRoles.has(context.role)) return imperative >= (context.role === 'rollback' ? 0.5 : 0.6);
	return isActionTitle(context.title) && items.length >= 2 && imperative >= 0.6;
}

/**
 * A phase of a response ("1. Detection") and a list of checks before something ("Pre-deploy checklist") carry names of
 * descriptions, yet a numbered list that asks for things is steps there (rule P10).
 */
function isPhase(context: ProcedureContext): boolean {
	if (context.issue !== null) return false;
	if (context.role === 'symptom') return context.counter !== '' || /^detect/i.test(context.title);
	return context.role === 'prerequisites' && /\b(?:check(?:s|list)?|steps|tasks|pre-?flight|before)\b/i.test(context.title);
}

function asksMostly(list: ListBlock, context: ProcedureContext): boolean {
	if (isTaskList(list) || isLinkList(list)) return false;
	const items = list.items.map(actionText).filter((text) => text !== '');
	return items.length > 0 && (context.foreign || share(items, isImperative) >= 0.5);
}

function holdsInlineCommand(item: ItemBlock): boolean {
	return itemLines(item).some((line) => line.codes.some((code) => readInlineCode(code, line.line) !== null));
}

/** The words that say what to do: after a bold lead that is no verb (`**DB down:** restart it`), else all. */
function actionText(item: ItemBlock): string {
	const first = itemLines(item)[0];
	if (first === undefined) return '';
	if (first.lead !== null && first.rest !== '' && first.rest !== first.text && !isImperative(first.lead)) return first.rest;
	return itemText(item);
}

export function isTaskList(list: ListBlock): boolean {
	return list.items.some((item) => item.done !== null);
}

function share(items: readonly string[], is: (text: string) => boolean): number {
	return items.filter(is).length / items.length;
}

function isExecutable(draft: Draft, fence: FenceBlock): boolean {
	const reading = draft.reading(fence);
	return (
		reading.runnable ||
		reading.kind === 'sql' ||
		reading.kind === 'promql' ||
		reading.kind === 'console' ||
		(reading.commentOnly && reading.kind === 'shell')
	);
}

function mayHoldCode(context: ProcedureContext): boolean {
	return (
		context.foreign ||
		context.issue !== null ||
		actionRoles.has(context.role) ||
		context.counter !== '' ||
		isActionTitle(context.title) ||
		/^(?:if|when|option|method)\b/i.test(context.title)
	);
}

/** "To rotate the key by hand:" makes what follows a step, whatever the heading says (rule P12). */
function isIntroduced(intro: ParagraphBlock | null, context: ProcedureContext): boolean {
	if (intro === null || context.level < 2) return false;
	const text = joinText(intro.content);
	return /[:：]$/.test(text) && !/\b(?:example|output|response|format|looks? like|e\.g\.)\b[^.]*[:：]$/i.test(text);
}

/** A rollback that is told in prose counts when it names a command or tells what to do (rule P6). */
function readProseParts(draft: Draft, blocks: readonly Block[], context: ProcedureContext): Part[] | null {
	const steps = blocks.flatMap((block) => {
		if (block.type !== 'paragraph') return [];
		const text = block.content.map((line) => line.text).join(' ');
		const acts =
			isImperative(text) || block.content.some((line) => line.codes.some((code) => /\s|\.sh\b|^\.?\/?[\w-]+\/[\w./-]+$/.test(code)));
		return acts ? [readProseStep(draft, block.content, context.address)] : [];
	});
	return steps.length === 0 ? null : [{ kind: 'prose', ordered: false, steps }];
}
