import { type Document, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

export interface Place {
	/** 1-based. */
	readonly line: number;
	readonly column: number;
}

/** Finds where a value (or, with `key`, a key of the map there) stands in a YAML document; the nearest parent where it is missing. */
export function findPlace(document: Document, lines: LineCounter, path: readonly PropertyKey[], key?: string): Place {
	let node: unknown = document.contents;
	let offset = startOf(node) ?? 0;
	for (const part of path) {
		const child = childOf(node, part);
		if (child === null) break;
		offset = startOf(child.value) ?? child.keyStart ?? offset;
		node = child.value;
	}
	if (key !== undefined) offset = childOf(node, key)?.keyStart ?? offset;
	const { line, col } = lines.linePos(offset);
	return { line: Math.max(1, line), column: Math.max(1, col) };
}

function childOf(node: unknown, part: PropertyKey): { value: unknown; keyStart: number | null } | null {
	if (isSeq(node) && typeof part === 'number') {
		const value = node.items[part];
		return value === undefined ? null : { value, keyStart: null };
	}
	if (!isMap(node)) return null;
	const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
	return pair === undefined ? null : { value: pair.value, keyStart: startOf(pair.key) };
}

function startOf(node: unknown): number | null {
	const range = (node as Node | null)?.range;
	return range?.[0] ?? null;
}
