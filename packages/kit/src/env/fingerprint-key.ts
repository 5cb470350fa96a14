import { createHmac } from 'node:crypto';

/** Where the key is looked for when the application gives none. */
export const FINGERPRINT_KEY_VARIABLE = 'HOLDFAST_FINGERPRINT_KEY';

/** Fewer bytes could be guessed, and every value with them. */
export const MIN_FINGERPRINT_KEY_BYTES = 32;

/** Fingerprints under one key. Two of them tell whether values are the same only when their `id` is the same. */
export interface FingerprintKey {
	/** 32 bits in hex, derived from the key: instances that share the key share the id. */
	readonly id: string;
	/** 64 bits in hex. Bound to the variable's name, so that equal values of two variables do not show as equal. */
	readonly fingerprint: (name: string, value: string) => string;
}

/** Makes the key ready. Null when it is absent or shorter than 32 bytes: then presence and length are all that is told. */
export function readFingerprintKey(key: string | undefined): FingerprintKey | null {
	if (key === undefined || Buffer.byteLength(key) < MIN_FINGERPRINT_KEY_BYTES) return null;
	return {
		id: derive(key, 'holdfast:fingerprint-key-id', '').slice(0, 8),
		fingerprint: (name, value) => derive(key, `holdfast:fingerprint:${name}`, value).slice(0, 16),
	};
}

// A label never holds a NUL, so that label and text cannot be cut at another place.
function derive(key: string, label: string, text: string): string {
	return createHmac('sha256', key).update(`${label}\0${text}`).digest('hex');
}
