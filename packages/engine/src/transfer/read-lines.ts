/** Lines out of a stream of bytes, with the digest of all that was read so far. Bounded: never more than one chunk and one line in memory. */
import { createHash } from 'node:crypto';

/** The largest row: a diagnosis with its evidence is far below. */
const LONGEST_LINE_BYTES = 256 * 1024 * 1024;
const LINE_END = 0x0a;

export interface LineReader {
	/** Without its end; null: there is none. A last line without an end is none. */
	readonly next: () => Promise<string | null>;
	/** Gives all lines before the one that reads `end`, some at once with their ends, and passes over that one. @returns false: it never came */
	readonly until: (end: string, take: (lines: Buffer) => Promise<void> | null) => Promise<boolean>;
	/** SHA-256 of all lines before the last that `next` gave. */
	readonly digestBefore: () => string;
	readonly isAtEnd: () => Promise<boolean>;
}

/** @throws {RangeError} when a line is longer than any that is written */
export function readLines(source: AsyncIterable<Buffer>): LineReader {
	const chunks = source[Symbol.asyncIterator]();
	const hash = createHash('sha256');
	let rest: Buffer = Buffer.alloc(0);
	let before = hash.copy();
	const more = async (): Promise<boolean> => {
		const { value, done } = await chunks.next();
		if (done === true) return false;
		rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
		if (rest.length > LONGEST_LINE_BYTES) throw new RangeError(`a line is longer than ${LONGEST_LINE_BYTES} bytes`);
		return true;
	};
	const pass = (length: number): Buffer => {
		const bytes = rest.subarray(0, length);
		rest = rest.subarray(length);
		return bytes;
	};
	return {
		next: async () => {
			let at = rest.indexOf(LINE_END);
			while (at < 0) {
				if (!(await more())) return null;
				at = rest.indexOf(LINE_END);
			}
			const bytes = pass(at + 1);
			before = hash.copy();
			hash.update(bytes);
			return bytes.subarray(0, -1).toString('utf8');
		},
		until: async (end, take) => {
			const mark = Buffer.from(`${end}\n`);
			for (;;) {
				let whole = 0;
				for (let at = rest.indexOf(LINE_END); at >= 0; at = rest.indexOf(LINE_END, whole)) {
					if (at + 1 - whole === mark.length && rest.subarray(whole, at + 1).equals(mark)) {
						const lines = pass(whole);
						hash.update(lines).update(pass(mark.length));
						if (lines.length > 0) await take(lines);
						return true;
					}
					whole = at + 1;
				}
				const lines = pass(whole);
				hash.update(lines);
				if (lines.length > 0) await take(lines);
				if (!(await more())) return false;
			}
		},
		digestBefore: () => before.copy().digest('hex'),
		isAtEnd: async () => rest.length === 0 && !(await more()),
	};
}
