/** @import { JSONValue } from 'convex/values' */

/**
 * A value as plain JSON (format `json`): 64-bit integers as text, bytes as base64, numbers that JSON does not know by their names.
 * @param {JSONValue} encoded as `convexToJson` writes it @returns {JSONValue}
 */
export function toCleanJson(encoded) {
	if (Array.isArray(encoded)) return encoded.map(toCleanJson);
	if (typeof encoded !== 'object' || encoded === null) return encoded;
	const [[key, value] = ['', null], ...more] = Object.entries(encoded);
	if (more.length === 0 && typeof value === 'string') {
		const bytes = Buffer.from(value, 'base64');
		if (key === '$integer') return String(bytes.readBigInt64LE());
		if (key === '$bytes') return value;
		if (key === '$float') return String(bytes.readDoubleLE());
	}
	return Object.fromEntries(Object.entries(encoded).map(([name, inner]) => [name, toCleanJson(inner ?? null)]));
}
