import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A value that must never be shown. It prints as `[redacted]` in strings, JSON and inspection;
 * `reveal` is the only way to it, so that every use can be found by name.
 */
export class Secret {
	readonly #value: string;

	constructor(value: string) {
		this.#value = value;
	}

	/** The value itself: for the request that needs it, never for a message, a log line or a file. */
	reveal(): string {
		return this.#value;
	}

	/** Length in UTF-16 units, which may be shown. */
	get length(): number {
		return this.#value.length;
	}

	toString(): string {
		return REDACTED;
	}

	toJSON(): string {
		return REDACTED;
	}

	[inspect.custom](): string {
		return REDACTED;
	}
}
