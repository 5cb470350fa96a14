/** Facts that several checks ask for, measured once per run. */
import type { CheckContext } from '../contract.ts';

/**
 * @param signal of the whole run: a fact belongs to no single check, so no single check's deadline ends it.
 * @returns a function that gives every asker of one key the same promise, also when it rejects.
 */
export function createFacts(signal: AbortSignal): CheckContext['fact'] {
	const facts = new Map<string, Promise<unknown>>();
	return <T>(key: string, measure: (signal: AbortSignal) => Promise<T>): Promise<T> => {
		const known = facts.get(key);
		if (known !== undefined) return asFactOf<T>(known);
		const measured = measure(signal);
		facts.set(key, measured);
		return measured;
	};
}

/** A key is used with one type only: each fact has one function that asks for it, in `page/` or beside its check. */
function asFactOf<T>(promise: Promise<unknown>): Promise<T> {
	return promise as Promise<T>;
}
