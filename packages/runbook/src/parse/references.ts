import { findPlaceholders, readInlineCode } from '../command.ts';
import type { CommandRef, UrlRef } from '../model.ts';
import type { Block, FenceBlock } from './blocks.ts';
import type { Draft } from './draft.ts';
import type { InlineLine } from './inline.ts';
import { itemLines } from './step.ts';

/** Reads a "Useful commands" part: each command of its fences, items and tables, labelled by the words beside it. */
export function readCommandRefs(draft: Draft, blocks: readonly Block[], parent: string): void {
	for (const block of blocks) {
		if (block.type === 'fence') readFenceCommands(draft, block, parent);
		else if (block.type === 'list') {
			for (const item of block.items) {
				for (const line of itemLines(item)) enterInline(draft, line, parent);
				readCommandRefs(draft, item.blocks.slice(1), parent);
			}
		} else if (block.type === 'table')
			for (const row of block.rows)
				for (const cell of row.cells) enterInline(draft, cell, parent, row.cells.find((other) => other !== cell)?.text);
		else if (block.type === 'quote') readCommandRefs(draft, block.blocks, parent);
	}
}

function readFenceCommands(draft: Draft, fence: FenceBlock, parent: string): void {
	const address = draft.registerFence(fence, parent);
	const reading = draft.reading(fence);
	if (!reading.runnable) return;
	const declared = draft.bindingsAt(fence.line, fence.line);
	for (const command of reading.commands) {
		const label = command.label ?? command.argv.join(' ');
		const ref: CommandRef = {
			address: draft.addresses.give(address, label),
			line: command.line,
			endLine: command.line,
			label,
			command,
			bindings: reading.commands.length === 1 ? declared : [],
		};
		draft.commands.push(ref);
	}
}

function enterInline(draft: Draft, line: InlineLine, parent: string, beside?: string): void {
	for (const code of line.codes) {
		const command = readInlineCode(code, line.line);
		if (command === null) continue;
		const words = beside ?? line.text.replace(code, '').replace(/^[\s:–—-]+|[\s:–—-]+$/g, '');
		const label = words === '' ? code : words;
		const address = draft.addresses.give(parent, label);
		draft.claim(line.line, line.line, 'command', address);
		draft.commands.push({ address, line: line.line, endLine: line.line, label, command, bindings: draft.bindingsAt(line.line, line.line) });
	}
}

/** Reads a "Useful URLs" part: items, table rows and paragraphs that name a URL or a placeholder for one. */
export function readUrlRefs(draft: Draft, blocks: readonly Block[], parent: string): void {
	for (const block of blocks) {
		if (block.type === 'list') {
			for (const item of block.items) {
				for (const line of itemLines(item)) enterUrl(draft, line, parent, null);
				readUrlRefs(draft, item.blocks.slice(1), parent);
			}
		} else if (block.type === 'table') {
			for (const row of block.rows) {
				const at = row.cells.findIndex((cell) => cell.links.length > 0 || /https?:/.test(cell.text));
				const cell = row.cells[at];
				if (cell !== undefined) enterUrl(draft, cell, parent, row.cells.find((_, index) => index !== at)?.text ?? null);
			}
		} else if (block.type === 'paragraph')
			for (const line of block.content) if (line.lead !== null && line.leadColon) enterUrl(draft, line, parent, line.lead);
	}
}

function enterUrl(draft: Draft, line: InlineLine, parent: string, name: string | null): void {
	const label = name ?? line.lead ?? /^([^:]{2,80}):\s/.exec(line.text)?.[1] ?? line.links[0]?.label ?? '';
	const link = line.links.find((candidate) => /^https?:/.test(candidate.url)) ?? line.links[0];
	const hollow = findPlaceholders(line.raw);
	const url = link?.url ?? line.codes.find((code) => /^(?:https?:|\/|[\w-]+(?:\.[\w-]+)+)/.test(code)) ?? hollow[0]?.text;
	if (url === undefined) return;
	const address = draft.addresses.give(parent, label === '' ? url : label);
	draft.claim(line.line, line.line, 'url', address);
	const ref: UrlRef = {
		address,
		line: line.line,
		endLine: line.line,
		label,
		url,
		kind: link === undefined && hollow.length > 0 ? 'placeholder' : kindOf(label, url),
		bindings: draft.bindingsAt(line.line, line.line),
	};
	draft.urls.push(ref);
}

function kindOf(label: string, url: string): UrlRef['kind'] {
	const words = `${label} ${url}`.toLowerCase();
	if (/\/health|healthz|health (?:check|endpoint)/.test(words)) return 'health';
	if (/\bstatus\b|statuspage/.test(words)) return 'status';
	if (/dashboard|console|grafana|datadog|sentry|kibana|monitoring|admin|logs/.test(words)) return 'dashboard';
	if (/github\.com|gitlab|bitbucket|\brepo(?:sitory)?\b/.test(words)) return 'repo';
	if (/\bdocs?\b|documentation|wiki|notion|confluence/.test(words)) return 'docs';
	return 'app';
}
