/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export type JsonReading = { readonly ok: true; readonly value: unknown } | { readonly ok: false };

/** Reads JSON without throwing. Bytes that are no UTF-8 become U+FFFD; nesting is no danger to the parser, only to whoever walks the value. */
export function readJson(bytes: Uint8Array | string): JsonReading {
	try {
		return { ok: true, value: JSON.parse(typeof bytes === 'string' ? bytes : toText(bytes)) };
	} catch {
		return { ok: false };
	}
}

/** UTF-8 as text, without a byte order mark. */
export function toText(bytes: Uint8Array): string {
	const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
	return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * A value that fits: deeper than `depth` levels and beyond `characters` of text in all, it is left out.
 * @returns null when nothing of it fits.
 */
export function fitJson(value: unknown, { depth, characters }: { readonly depth: number; readonly characters: number }): Json {
	const left = { characters };
	return fit(value, depth, left) ?? null;
}

function fit(value: unknown, depth: number, left: { characters: number }): Json | undefined {
	if (value === null || typeof value === 'boolean') return spend(left, 4) ? value : undefined;
	if (typeof value === 'number') return Number.isFinite(value) && spend(left, 8) ? value : undefined;
	if (typeof value === 'string') return spend(left, value.length + 2) ? value : undefined;
	if (typeof value !== 'object' || depth === 0 || !spend(left, 2)) return undefined;
	if (Array.isArray(value)) {
		const list: Json[] = [];
		for (const item of value) {
			if (left.characters <= 0) break;
			const kept = fit(item, depth - 1, left);
			if (kept !== undefined) list.push(kept);
		}
		return list;
	}
	const entries: [string, Json][] = [];
	for (const [name, item] of Object.entries(value)) {
		if (left.characters <= 0) break;
		if (!spend(left, name.length + 3)) break;
		const kept = fit(item, depth - 1, left);
		if (kept !== undefined) entries.push([name, kept]);
	}
	// Not by assignment: a field may be called `__proto__`.
	return Object.fromEntries(entries);
}

function spend(left: { characters: number }, characters: number): boolean {
	if (left.characters < characters) return false;
	left.characters -= characters;
	return true;
}
