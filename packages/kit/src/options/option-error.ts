/**
 * A mistake in how the kit is called, found when the application starts, not when a request comes.
 * Says what was expected and what kind of thing came; for strings only the length, because it may be a secret.
 */
export function optionError(call: string, option: string, expected: string, got: unknown): TypeError {
	return new TypeError(`${call}: option ${option}: expected ${expected}, got ${describeKind(got)}`);
}

/** Checks a duration or count given as an option. `min` and `max` are inclusive. */
export function checkInteger(call: string, option: string, value: unknown, range: { min: number; max: number; unit: string }): number {
	if (typeof value !== 'number' || !Number.isInteger(value) || value < range.min || value > range.max) {
		throw optionError(call, option, `a whole number of ${range.unit} from ${range.min} to ${range.max}`, value);
	}
	return value;
}

function describeKind(value: unknown): string {
	if (value === null) return 'null';
	if (typeof value === 'string') return value === '' ? 'an empty string' : `a string of ${value.length} characters`;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return `an array of ${value.length}`;
	return typeof value === 'undefined' ? 'nothing' : `a value of type ${typeof value}`;
}
