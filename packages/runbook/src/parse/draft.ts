import { type FenceReading, readFence } from '../command.ts';
import type { Binding, Checklist, CommandRef, Contact, Fence, Inert, Issue, OwnerKind, Procedure, UrlRef } from '../model.ts';
import { Addresses } from './addresses.ts';
import { append } from './append.ts';
import type { Block, FenceBlock } from './blocks.ts';

/** What is gathered while a document is read: the model's lists, who owns which line, and what each fence holds. */
export class Draft {
	readonly addresses = new Addresses();
	readonly issues: Issue[] = [];
	readonly procedures: Procedure[] = [];
	readonly checklists: Checklist[] = [];
	readonly contacts: Contact[] = [];
	readonly fences: Fence[] = [];
	readonly commands: CommandRef[] = [];
	readonly urls: UrlRef[] = [];
	readonly inert: Inert[] = [];
	readonly meta: Record<string, string> = {};
	rollback = false;
	readonly #tasks = new Set<number>();
	readonly #owners: ({ kind: OwnerKind; address: string } | undefined)[];
	readonly #readings = new Map<FenceBlock, FenceReading>();
	readonly #registered = new Set<FenceBlock>();
	readonly #bindings: ReadonlyMap<number, readonly Binding[]>;

	/** `bindings`: declared ones by the line they belong to. */
	constructor(lineCount: number, bindings: ReadonlyMap<number, readonly Binding[]>) {
		this.#owners = Array(lineCount + 2);
		this.#bindings = bindings;
	}

	/** The first to claim a line owns it. */
	claim(from: number, to: number, kind: OwnerKind, address: string): void {
		const owner = { kind, address };
		for (let line = from; line <= to; line++) this.#owners[line] ??= owner;
	}

	/** Notes that the task item on this line stands in a checklist. */
	noteTask(line: number): void {
		this.#tasks.add(line);
	}

	hasTask(line: number): boolean {
		return this.#tasks.has(line);
	}

	ownerAt(line: number): { readonly kind: OwnerKind; readonly address: string } | undefined {
		return this.#owners[line];
	}

	/** Declared bindings on the lines from `from` to `to`. */
	bindingsAt(from: number, to: number): readonly Binding[] {
		if (this.#bindings.size === 0) return [];
		const found: Binding[] = [];
		for (let line = from; line <= to; line++) append(found, this.#bindings.get(line) ?? []);
		return found;
	}

	reading(fence: FenceBlock): FenceReading {
		let reading = this.#readings.get(fence);
		if (reading === undefined) {
			reading = readFence(fence.lang, fence.content, fence.fenced ? fence.line + 1 : fence.line);
			this.#readings.set(fence, reading);
		}
		return reading;
	}

	/** Enters a fence into the model once, under the node that holds it. Indented code is read for its commands but is no fence. */
	registerFence(fence: FenceBlock, parent: string, reason?: Inert['reason']): string {
		const address = this.addresses.give(parent, 'code');
		if (this.#registered.has(fence)) return address;
		this.#registered.add(fence);
		this.claim(fence.line, fence.endLine, 'fence', address);
		if (!fence.fenced) return address;
		const reading = this.reading(fence);
		const inert = reason !== undefined;
		this.fences.push({
			address,
			line: fence.line,
			endLine: fence.endLine,
			lang: fence.lang,
			kind: inert ? 'template' : reading.kind,
			runnable: !inert && reading.runnable,
			refused: inert ? 'stands in a template' : reading.refused,
			effect: inert ? 'template' : reading.effect,
			commentOnly: reading.commentOnly,
			commands: inert ? [] : reading.commands,
			content: fence.content,
			bindings: this.bindingsAt(fence.line, fence.line),
		});
		return address;
	}

	/** Claims everything in `blocks` for one owner, fences for themselves. */
	claimBlocks(blocks: readonly Block[], kind: OwnerKind, address: string, reason?: Inert['reason']): void {
		for (const block of blocks) {
			if (block.type === 'fence') this.registerFence(block, address, reason);
			else if (block.type === 'list') this.claimBlocks(block.items, kind, address, reason);
			else if (block.type === 'item' || block.type === 'quote') this.claimBlocks(block.blocks, kind, address, reason);
			if (block.type !== 'fence' && block.type !== 'html')
				this.claim(block.line, block.endLine, block.type === 'heading' ? 'heading' : kind, address);
		}
	}
}
