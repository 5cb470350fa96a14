/** Half of a surrogate pair on its own: UTF-16 that is no text. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const SUSPECT = /[\0\ud800-\udfff]/;

/**
 * Text that a database takes. PostgreSQL refuses NUL in text and in jsonb, and half a surrogate pair in jsonb
 * (https://www.postgresql.org/docs/15/datatype-json.html); both become U+FFFD.
 */
export function toStorable(text: string): string {
	return SUSPECT.test(text) ? text.replaceAll('\0', '\ufffd').replace(LONE, '\ufffd') : text;
}
