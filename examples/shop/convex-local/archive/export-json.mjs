import { jsonToConvex } from 'convex/values';

/** @import { JSONValue, Value } from 'convex/values' */

/**
 * A value as exports hold it: 64-bit integers as `1`, floating-point numbers as `1.0`, bytes and numbers that JSON does not know under `$bytes` and
 * `$float` (crates/value/src/export of get-convex/convex-backend).
 * @param {Value} value @returns {string}
 */
export function writeExportJson(value) {
	if (typeof value === 'bigint') return value.toString();
	if (typeof value === 'number') return writeNumber(value);
	if (value instanceof ArrayBuffer) return JSON.stringify({ $bytes: Buffer.from(value).toString('base64') });
	if (Array.isArray(value)) return `[${value.map(writeExportJson).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	const fields = Object.entries(value).flatMap(([name, inner]) =>
		inner === undefined ? [] : [`${JSON.stringify(name)}:${writeExportJson(inner)}`],
	);
	return `{${fields.join(',')}}`;
}

/** @param {number} value */
function writeNumber(value) {
	if (!Number.isFinite(value) || Object.is(value, -0)) {
		const bytes = Buffer.alloc(8);
		bytes.writeDoubleLE(value);
		return JSON.stringify({ $float: bytes.toString('base64') });
	}
	const text = String(value);
	return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Numbers outside of strings; a string is matched first, and left alone. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Reads what `writeExportJson` writes: `1` and `1.0` are different values, which JSON.parse does not tell apart.
 * @param {string} text @returns {Value}
 */
export function readExportJson(text) {
	const marked = text.replace(TOKEN, (token) => (/^-?\d+$/.test(token) ? encodeInteger(token) : token));
	return jsonToConvex(/** @type {JSONValue} */ (JSON.parse(marked)));
}

/** As `convexToJson` writes a 64-bit integer; one that has no place in 64 bits stays a number. @param {string} digits */
function encodeInteger(digits) {
	const value = BigInt(digits);
	if (BigInt.asIntN(64, value) !== value) return digits;
	const bytes = Buffer.alloc(8);
	bytes.writeBigInt64LE(value);
	return JSON.stringify({ $integer: bytes.toString('base64') });
}
