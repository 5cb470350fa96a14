import { createHmac, timingSafeEqual } from 'node:crypto';

/** Compares two digests in hex, whatever case and length the given one has, in constant time. */
export function isSameDigest(given: string, wanted: string): boolean {
	const [a, b] = [Buffer.from(given.trim().toLowerCase()), Buffer.from(wanted)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/** @returns whether two texts are the same, in a time that does not depend on them. */
export function isSameText(given: string, wanted: string): boolean {
	// Hashed under a key, so that neither length nor beginning shows.
	return isSameDigest(digest(given), digest(wanted));
}

function digest(text: string): string {
	return createHmac('sha256', 'comparison').update(text).digest('hex');
}
