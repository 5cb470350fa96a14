import { readFence, readInlineCode } from '../command.ts';
import { scanComments } from '../directive/find-comments.ts';
import { cutLines } from '../directive/raw-lines.ts';
import type { Command, Runbook, Step } from '../model.ts';
import type { Block, FenceBlock, HeadingBlock } from '../parse/blocks.ts';
import type { InlineLine } from '../parse/inline.ts';
import type { LintOptions } from './finding.ts';

/** A document as the lint rules look at it: parsed once, shared by all. */
export interface LintContext {
	readonly runbook: Runbook;
	readonly options: LintOptions;
	/** Raw lines, without their ends; line N is at N - 1. */
	readonly lines: readonly string[];
	readonly blocks: readonly Block[];
	readonly headings: readonly HeadingBlock[];
	readonly fences: readonly FenceBlock[];
	/** Lines of prose, headings and table cells, as read. */
	readonly prose: readonly InlineLine[];
	/** Numbers of the lines that are code. */
	readonly code: ReadonlySet<number>;
	/** Every command of the document once, by line. */
	readonly commands: readonly Command[];
	readonly steps: readonly Step[];
}

export function buildLintContext(runbook: Runbook, text: string, options: LintOptions): LintContext {
	const cut = cutLines(text).lines;
	const { blocks } = scanComments(text, cut);
	const headings: HeadingBlock[] = [];
	const fences: FenceBlock[] = [];
	// Filled one by one: spread into one call, the lines of a very long paragraph overflow the stack.
	const prose: InlineLine[] = [];
	visit(blocks, (block) => {
		if (block.type === 'heading') headings.push(block);
		if (block.type === 'fence') fences.push(block);
		if (block.type === 'heading' || block.type === 'paragraph') for (const line of block.content) prose.push(line);
		if (block.type === 'table')
			for (const cells of [block.header, ...block.rows.map((row) => row.cells)]) for (const cell of cells) prose.push(cell);
	});
	const code = new Set<number>();
	for (const fence of fences) for (let line = fence.line; line <= fence.endLine; line++) code.add(line);
	const steps = listSteps(runbook);
	const all = [
		...steps.flatMap((step) => step.commands),
		...runbook.fences.flatMap((fence) => fence.commands),
		...runbook.commands.map((ref) => ref.command),
		// Wherever a command stands, also where the model makes no step of it.
		...prose.flatMap((line) => line.codes.flatMap((code) => readInlineCode(code, line.line) ?? [])),
		...fences.filter((fence) => !fence.fenced).flatMap((fence) => readFence('', fence.content, fence.line).commands),
	];
	const commands = new Map(all.map((command) => [`${command.line} ${command.source}`, command]));
	return {
		runbook,
		options,
		lines: cut.map((line) => line.text),
		blocks,
		headings,
		fences,
		prose,
		code,
		commands: [...commands.values()].toSorted((a, b) => a.line - b.line),
		steps,
	};
}

/** 1-based column of some text on a line; 1 where the line writes it another way. */
export function columnOf(context: LintContext, line: number, text: string): number {
	return Math.max(0, context.lines[line - 1]?.indexOf(text) ?? 0) + 1;
}

/** The line with its comments blanked. */
export function withoutComments(line: string): string {
	return line.includes('<!--') ? line.replace(/<!--[\s\S]*?(?:-->|$)/g, (comment) => ' '.repeat(comment.length)) : line;
}

function visit(blocks: readonly Block[], see: (block: Block) => void): void {
	for (const block of blocks) {
		see(block);
		if (block.type === 'list') visit(block.items, see);
		else if (block.type === 'item' || block.type === 'quote') visit(block.blocks, see);
	}
}

function listSteps(runbook: Runbook): readonly Step[] {
	const found = new Map<string, Step>();
	const add = (step: Step): void => {
		if (found.has(step.address)) return;
		found.set(step.address, step);
		for (const inner of step.substeps) add(inner);
	};
	for (const procedure of runbook.procedures) for (const step of procedure.steps) add(step);
	for (const issue of runbook.issues) for (const step of issue.steps) add(step);
	return [...found.values()];
}
