/** Whether a bundle is as it was sealed. Pure. */
import { createPublicKey, verify } from 'node:crypto';
import { BUNDLE_FORMAT, BUNDLE_VERSION, hashOf, NOTHING_BEFORE, nameKey, sealedText } from './chain.ts';

/** How a bundle was tampered with, as far as it shows. */
export type Damage =
	/** A line is not what was hashed. */
	| 'altered'
	/** An entry is missing between two. */
	| 'removed'
	/** The end is missing, with or without the seal. */
	| 'cut'
	/** The chain is whole and the signature is not over it: somebody hashed it anew. */
	| 'recomputed'
	/** Signed with another key than the one it names or the one that was expected. */
	| 'swapped';

export type BundleVerdict =
	| { readonly kind: 'signed'; readonly signer: string; readonly count: number }
	| { readonly kind: 'signer-unknown'; readonly signer: string; readonly count: number }
	| { readonly kind: 'broken'; readonly damage: Damage; readonly entry: number; readonly reason: string }
	| { readonly kind: 'no-bundle'; readonly reason: string };

export interface Keys {
	/** Public key that it must be signed with, as given by the person; null: any. */
	readonly expected: string | null;
	/** Public keys that are known to be trusted here: this instance's own. */
	readonly known: readonly string[];
}

type Line = Readonly<Record<string, unknown>>;

/** @param text of the file. */
export function judgeBundle(text: string, keys: Keys): BundleVerdict {
	const lines = text.split('\n');
	// The last line ends with a line break too.
	const complete = lines.pop() === '';
	const parsed = lines.map(readLine);
	const first = parsed[0];
	const header = isRecord(first?.data) ? first.data : null;
	// An entry or a seal of ours anywhere: then it is a bundle, and what is wrong with it is found below.
	const isOurs = header?.format === BUNDLE_FORMAT || parsed.some((line) => line?.kind === 'seal' || isEntry(line));
	if (!isOurs) return { kind: 'no-bundle', reason: 'no line of it is an entry of an evidence bundle' };
	if (header?.format === BUNDLE_FORMAT && header.version !== BUNDLE_VERSION && first !== undefined && first !== null && isWhole(first))
		return { kind: 'no-bundle', reason: `expected a bundle of version ${BUNDLE_VERSION}, got ${String(header.version)}` };
	const last = parsed.at(-1);
	const sealed = complete && last !== null && last?.kind === 'seal' ? last : null;
	const entries = sealed === null ? parsed : parsed.slice(0, -1);
	const damaged = judgeChain(entries);
	if (damaged !== null) return damaged;
	if (sealed === null) return broken('cut', entries.length, 'the seal is missing, and perhaps entries before it');
	return judgeSeal(entries, sealed, { header, keys });
}

function isEntry(line: Line | null): boolean {
	return line !== null && typeof line.seq === 'number' && typeof line.previous === 'string' && typeof line.hash === 'string';
}

function isWhole({ hash, ...body }: Line): boolean {
	return hash === hashOf(body);
}

function judgeChain(entries: readonly (Line | null)[]): BundleVerdict | null {
	let previous = NOTHING_BEFORE;
	let expected = 0;
	for (const entry of entries) {
		if (entry === null) return broken('altered', expected, 'it cannot be read, or is not written as it was');
		const { hash, ...body } = entry;
		if (hash !== hashOf(body)) return broken('altered', expected, 'its hash is not that of its content');
		if (entry.seq !== expected || entry.previous !== previous) return broken('removed', expected, describeGap(entry.seq, expected));
		previous = hash;
		expected += 1;
	}
	return null;
}

function describeGap(found: unknown, expected: number): string {
	if (typeof found === 'number' && found > expected)
		return found === expected + 1 ? `entry ${expected} is missing` : `entries ${expected} to ${found - 1} are missing`;
	return 'it does not follow the one before';
}

function judgeSeal(
	entries: readonly (Line | null)[],
	seal: Line,
	{ header, keys }: { readonly header: Line | null; readonly keys: Keys },
): BundleVerdict {
	const { count, head, publicKey, signature } = seal;
	const at = entries.length;
	if (typeof publicKey !== 'string' || typeof signature !== 'string' || typeof head !== 'string' || typeof count !== 'number')
		return broken('altered', at, 'the seal cannot be read');
	const isHead = entries.at(-1)?.hash === head;
	if (count > entries.length) return broken('cut', at, `${count - entries.length} of ${count} entries are missing at the end`);
	const named = header?.publicKey;
	if (named !== publicKey) return broken('swapped', at, 'the seal names another key than the first entry');
	if (!isHead || count !== entries.length || !isSigned(publicKey, signature, sealedText(count, head)))
		return broken('recomputed', at, 'the hashes fit each other, and the signature is not over them');
	const signer = nameKey(publicKey);
	if (keys.expected !== null && keys.expected !== publicKey)
		return broken('swapped', at, `it is signed with the key ${signer}, expected ${nameKey(keys.expected)}`);
	const isKnown = keys.expected === publicKey || keys.known.includes(publicKey);
	return { kind: isKnown ? 'signed' : 'signer-unknown', signer, count };
}

function isSigned(publicKey: string, signature: string, text: string): boolean {
	try {
		const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
		return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
	} catch {
		// No key, or no signature: nothing that was signed by anybody.
		return false;
	}
}

/** @returns null for what is no JSON object, or is not written as it would be: a byte changed where the value does not show it. */
function readLine(text: string): Line | null {
	try {
		const value: unknown = JSON.parse(text);
		return isRecord(value) && JSON.stringify(value) === text ? value : null;
	} catch {
		return null;
	}
}

function isRecord(value: unknown): value is Line {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(damage: Damage, entry: number, reason: string): BundleVerdict {
	return { kind: 'broken', damage, entry, reason };
}
