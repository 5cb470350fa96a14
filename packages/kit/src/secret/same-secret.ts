import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

// Both sides are hashed under a key of this process, so that the comparison takes the same time whatever the lengths and contents.
const key = randomBytes(32);

/** Compares two strings in constant time. */
export function isSameSecret(given: string, wanted: string): boolean {
	return timingSafeEqual(digest(given), digest(wanted));
}

function digest(value: string): Buffer {
	return createHmac('sha256', key).update(value).digest();
}
