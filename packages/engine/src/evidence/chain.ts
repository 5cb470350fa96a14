/**
 * An evidence bundle: lines of JSON, each entry hashed over the one before, the head and the count signed. Whoever holds the bundle can
 * check it without Holdfast's machine and without a network. Pure; the signature is made by whoever holds the key.
 */
import { createHash } from 'node:crypto';

export const BUNDLE_FORMAT = 'holdfast-evidence';
export const BUNDLE_VERSION = 1;
/** What the first entry points back to. */
const NOTHING_BEFORE = '0'.repeat(64);

/** What an entry holds, before it is chained. */
export interface EvidenceItem {
	/** `bundle`, `report`, `environment`, `change`, `log`, `observation`, `diagnosis`, `attachment`. */
	readonly kind: string;
	/** ISO 8601, UTC: when it was seen. */
	readonly at: string;
	readonly data: unknown;
}

export interface EvidenceEntry extends EvidenceItem {
	/** From 0, without gaps. */
	readonly seq: number;
	/** Hash of the entry before, in hex. */
	readonly previous: string;
	/** SHA-256 of this entry without `hash`, as JSON in the order of its fields. */
	readonly hash: string;
}

export interface Seal {
	readonly kind: 'seal';
	/** How many entries there are. */
	readonly count: number;
	/** Hash of the last one. */
	readonly head: string;
	/** Ed25519 (RFC 8032), SubjectPublicKeyInfo in base64; the first entry holds it too. */
	readonly publicKey: string;
	/** Base64, over `sealedText(count, head)`. */
	readonly signature: string;
}

/** What is signed. */
export function sealedText(count: number, head: string): string {
	return `${BUNDLE_FORMAT}/${BUNDLE_VERSION}\n${count}\n${head}\n`;
}

/** @returns the entries in order, chained. */
export function chain(items: readonly EvidenceItem[]): readonly EvidenceEntry[] {
	const entries: EvidenceEntry[] = [];
	for (const { kind, at, data } of items) {
		const body = { seq: entries.length, kind, at, data, previous: entries.at(-1)?.hash ?? NOTHING_BEFORE };
		// As it will be read back: what JSON does not carry must not be hashed.
		const plain = JSON.parse(JSON.stringify(body));
		entries.push({ ...plain, hash: hashOf(plain) });
	}
	return entries;
}

/** @param body an entry without its hash, in the order of its fields. */
export function hashOf(body: Readonly<Record<string, unknown>>): string {
	return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/** @param sign gives the signature of a text, in base64. @returns the whole bundle as text. */
export function formatBundle(entries: readonly EvidenceEntry[], publicKey: string, sign: (text: string) => string): string {
	const head = entries.at(-1)?.hash ?? NOTHING_BEFORE;
	const seal: Seal = { kind: 'seal', count: entries.length, head, publicKey, signature: sign(sealedText(entries.length, head)) };
	return [...entries, seal].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Short form of a public key for people's eyes: the first 64 bits of its SHA-256, in hex. */
export function nameKey(publicKey: string): string {
	return createHash('sha256').update(publicKey).digest('hex').slice(0, 16);
}

export { NOTHING_BEFORE };
