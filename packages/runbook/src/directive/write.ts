import type { Runbook } from '../model.ts';
import type { Proposal } from '../propose/proposal.ts';
import { type Anchor, indexAnchors } from './anchor.ts';
import { type Bindable, listBindable } from './bindable.ts';
import { applyEdits, type Edit, leadOfFence, variantCount } from './edit.ts';
import { addressCommand, distributeFenceBindings, listFencedCommands } from './fenced-command.ts';
import { scanComments } from './find-comments.ts';
import { formatComment } from './grammar.ts';
import { cutLines, joinLines, type RawLine } from './raw-lines.ts';
import { keyOfBinding } from './rebind.ts';
import { fingerprintBlocks } from './same-reading.ts';

/** What writing proposals into a document comes to. */
export interface WrittenBindings {
	readonly text: string;
	readonly written: readonly Proposal[];
	/** Declared at that place already: not written again. */
	readonly already: readonly Proposal[];
	/** Places where no comment can stand without changing how the document reads; a sidecar file takes these. */
	readonly unwritable: readonly { readonly proposal: Proposal; readonly why: string }[];
}

/**
 * Writes proposals into a document as directives (rules W1 to W8): no other byte changes, the result reads the same as
 * before, and what is declared already is not written again.
 *
 * @param text the document, as it was read
 * @param runbook the model of exactly that text
 */
export function writeBindings(text: string, runbook: Runbook, proposals: readonly Proposal[]): string {
	return planWriting(text, runbook, proposals).text;
}

/** {@link writeBindings}, with an account of what became of each proposal. */
export function planWriting(text: string, runbook: Runbook, proposals: readonly Proposal[]): WrittenBindings {
	const { mark, lines } = cutLines(text);
	const before = scanComments(text, lines);
	const anchors = indexAnchors(before.blocks);
	const sorted = sortProposals(runbook, proposals, lines, anchors);
	const expected = fingerprintBlocks(before.blocks);
	const known = countTexts(before.comments.map((comment) => comment.text));
	const attempt = (edits: readonly PlannedEdit[]): string | null => {
		const edited = applyEdits(lines, edits, anchors);
		const result = joinLines(mark, edited.lines);
		const after = scanComments(result, edited.lines);
		const wanted = countTexts(
			edits.flatMap((edit) => edit.comments.map((comment) => comment.slice(4, -3).trim())),
			known,
		);
		const reads = fingerprintBlocks(after.blocks, edited.origins) === expected;
		return reads && sameCounts(countTexts(after.comments.map((comment) => comment.text)), wanted) ? result : null;
	};
	const settled = settle(sorted.edits, attempt, text);
	return {
		text: settled.text,
		written: settled.accepted.flatMap((edit) => edit.proposals),
		already: sorted.already,
		unwritable: [
			...sorted.unwritable,
			...settled.dropped.flatMap((edit) =>
				edit.proposals.map((proposal) => ({ proposal, why: 'a comment on this line would change how the document reads' })),
			),
		],
	};
}

interface PlannedEdit extends Edit {
	readonly proposals: readonly Proposal[];
}

interface Sorted {
	readonly edits: readonly PlannedEdit[];
	readonly already: readonly Proposal[];
	readonly unwritable: readonly { readonly proposal: Proposal; readonly why: string }[];
}

/** Groups what is new by the place it goes to. */
function sortProposals(
	runbook: Runbook,
	proposals: readonly Proposal[],
	lines: readonly RawLine[],
	anchors: ReadonlyMap<number, Anchor>,
): Sorted {
	const model = distributeFenceBindings(runbook);
	const nodes = new Map(listBindable(model).map((node) => [node.address, node]));
	const fenced = listFencedCommands(model);
	const declared = new Set<string>();
	for (const node of nodes.values())
		for (const binding of node.bindings) if (binding.certainty === 'declared') declared.add(`${placeOf(node)} ${keyOfBinding(binding)}`);
	const edits = new Map<string, PlannedEdit>();
	const already: Proposal[] = [];
	const unwritable: { proposal: Proposal; why: string }[] = [];
	for (const proposal of proposals) {
		const node = nodes.get(proposal.address);
		if (node === undefined) {
			unwritable.push({ proposal, why: 'no line of the document has this address' });
			continue;
		}
		const key = `${placeOf(node)} ${keyOfBinding(proposal.binding)}`;
		if (declared.has(key)) {
			already.push(proposal);
			continue;
		}
		const why = findObstacle(node, lines, anchors);
		if (why !== null) {
			unwritable.push({ proposal, why });
			continue;
		}
		declared.add(key);
		const above = node.fenceLine !== null;
		const line = node.fenceLine ?? node.line;
		const alone = node.label === null || (fenced.get(line)?.length ?? 0) < 2;
		const comment = formatComment(alone ? proposal.binding : addressCommand(proposal.binding, node.label ?? ''));
		const place = above ? 'above-fence' : 'end-of-line';
		const edit = edits.get(`${place} ${line}`) ?? { place, line, comments: [], variant: 0, proposals: [] };
		edits.set(`${place} ${line}`, { ...edit, comments: [...edit.comments, comment], proposals: [...edit.proposals, proposal] });
	}
	return { edits: [...edits.values()].toSorted((a, b) => a.line - b.line), already, unwritable };
}

/** Nodes that share a line share its directives; commands of one fence are told apart by their label. */
function placeOf(node: Bindable): string {
	return node.fenceLine === null
		? `${node.line}`
		: node.label === null
			? `above ${node.fenceLine}`
			: `above ${node.fenceLine} ${node.address}`;
}

function findObstacle(node: Bindable, lines: readonly RawLine[], anchors: ReadonlyMap<number, Anchor>): string | null {
	if (node.fenceLine === null) return anchors.has(node.line) ? null : 'the line is code or raw HTML';
	if (node.kind === 'step' && node.line !== node.fenceLine) return 'the step is a comment inside a code fence';
	return leadOfFence(lines[node.fenceLine - 1]?.text ?? '') === null ? 'the code has no fence to write above' : null;
}

interface Settled {
	readonly text: string;
	readonly accepted: readonly PlannedEdit[];
	readonly dropped: readonly PlannedEdit[];
}

/** Keeps every edit that leaves the reading as it was; finds the others by halving. */
function settle(edits: readonly PlannedEdit[], attempt: (edits: readonly PlannedEdit[]) => string | null, original: string): Settled {
	let text = original;
	let accepted: readonly PlannedEdit[] = [];
	const dropped: PlannedEdit[] = [];
	const take = (more: readonly PlannedEdit[]): boolean => {
		const result = attempt([...accepted, ...more]);
		if (result === null) return false;
		accepted = [...accepted, ...more];
		text = result;
		return true;
	};
	const visit = (part: readonly PlannedEdit[]): void => {
		if (part.length === 0 || take(part)) return;
		const [only] = part;
		if (part.length === 1 && only !== undefined) {
			for (let variant = 1; variant < variantCount; variant++) if (take([{ ...only, variant }])) return;
			dropped.push(only);
			return;
		}
		visit(part.slice(0, part.length >> 1));
		visit(part.slice(part.length >> 1));
	};
	visit(edits);
	return { text, accepted, dropped };
}

function countTexts(texts: readonly string[], start: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> {
	const counts = new Map(start);
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}

function sameCounts(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
	return a.size === b.size && [...a].every(([text, count]) => b.get(text) === count);
}
