import { toStorable } from '../values/storable.ts';
import { createSecretEraser, type SecretEraser } from './known-secrets.ts';
import { SCRUBBED, scrubText } from './scrub-text.ts';
import { isAmountKey, isSecretKey } from './secret-keys.ts';

export interface ScrubOptions {
	/** Values that the service's operator knows to be secret. */
	readonly erase?: SecretEraser;
	/** Levels below the value itself, 16 when absent. */
	readonly depth?: number;
	/** Values in all, 50,000 when absent. */
	readonly count?: number;
	/** Characters of one text, 65,536 when absent. */
	readonly text?: number;
}

/** A secret that begins before the cut is still seen whole. */
const OVERLAP = 2_048;
const CUT = '[cut]';

const eraseNothing: SecretEraser = createSecretEraser([]);

/**
 * Gives a copy of a JSON value without passwords, tokens, cookies, credentials, card numbers and known secrets: by the name they stand under, also
 * in lists of pairs and of `{key, value}`, and by what they look like inside texts. What lies deeper, is longer or is more than the limits (and than 1,000 fields of one object) is left out.
 * Characters that a database refuses (NUL, half a surrogate pair) are replaced.
 */
export function scrub(value: unknown, options: ScrubOptions = {}): unknown {
	const walk: Walk = { left: options.count ?? 50_000, text: options.text ?? 65_536, erase: options.erase ?? eraseNothing };
	return scrubValue(value, options.depth ?? 16, walk);
}

/** The same for one text. */
export function scrubLine(text: string, { erase = eraseNothing, text: max = 65_536 }: Pick<ScrubOptions, 'erase' | 'text'> = {}): string {
	return scrubString(text, { left: 1, text: max, erase }, false);
}

interface Walk {
	left: number;
	readonly text: number;
	readonly erase: SecretEraser;
}

/** Of one object: names are looked through like texts, and nobody reads that many. */
const MAX_FIELDS = 1_000;
/** A longer line of source is minified: nobody reads it. */
const MAX_CODE = 1_024;
/** Lines of source around a frame of a stack. */
const CODE: ReadonlySet<string> = new Set(['context_line', 'pre_context', 'post_context']);

function scrubValue(value: unknown, depth: number, walk: Walk, code = false): unknown {
	if (typeof value === 'string') return scrubString(value, walk, code);
	if (typeof value !== 'object' || value === null) return value;
	if (depth <= 0) return CUT;
	return Array.isArray(value) ? scrubList(value, depth, walk, code) : scrubFields(value, depth, walk);
}

function scrubList(list: readonly unknown[], depth: number, walk: Walk, code: boolean): unknown[] {
	const [name, held] = list;
	// `["Cookie", "a=1"]`, as headers, tags and queries may be written.
	if (list.length === 2 && typeof name === 'string' && isSecretKey(name) && hides(name, held)) return [name, SCRUBBED];
	const kept: unknown[] = [];
	for (const item of list) {
		if (walk.left <= 0) break;
		walk.left -= 1;
		kept.push(scrubValue(item, depth - 1, walk, code));
	}
	return kept;
}

function scrubFields(fields: object, depth: number, walk: Walk): Record<string, unknown> {
	const kept: Record<string, unknown> = {};
	const pairs = fields as Readonly<Record<string, unknown>>;
	const title = pairs.key ?? pairs.name;
	const telling = typeof title === 'string' && 'value' in pairs && isSecretKey(title);
	for (const name of Object.keys(pairs).slice(0, MAX_FIELDS)) {
		if (walk.left <= 0) break;
		walk.left -= 1;
		// Assigned, it would become the prototype of the copy.
		if (name === '__proto__') continue;
		const value = pairs[name];
		const secret = (isSecretKey(name) && hides(name, value)) || (telling && name === 'value' && hides(title, value));
		const shown = name.length > 16 || /[^\w.-]/.test(name) ? scrubString(name, walk, false) : name;
		kept[shown] = secret ? SCRUBBED : scrubValue(value, depth - 1, walk, CODE.has(name));
	}
	return kept;
}

/** Nothing and truth values hide nothing; nor does a number that says how many. */
function hides(name: string, value: unknown): boolean {
	if (value === null || value === undefined || typeof value === 'boolean' || value === '') return false;
	return !(typeof value === 'number' && isAmountKey(name));
}

/** Lines of source in which there was nothing to change: they come again with every event. One with a secret is never held. */
const cleanLines = new Set<string>();
const MAX_CLEAN_LINES = 20_000;
const MAX_CLEAN_LENGTH = 200;

function scrubString(text: string, walk: Walk, code: boolean): string {
	const max = code ? Math.min(walk.text, MAX_CODE) : walk.text;
	const near = text.length > max + OVERLAP ? text.slice(0, max + OVERLAP) : text;
	const erased = walk.erase(near);
	if (code && cleanLines.has(erased)) return erased;
	const bare = erased.length < 8 ? erased : scrubText(erased, code);
	const storable = toStorable(bare.length > max ? `${bare.slice(0, max - 1)}…` : bare);
	if (code && storable === erased && erased.length <= MAX_CLEAN_LENGTH) {
		if (cleanLines.size >= MAX_CLEAN_LINES) cleanLines.clear();
		cleanLines.add(erased);
	}
	return storable;
}
