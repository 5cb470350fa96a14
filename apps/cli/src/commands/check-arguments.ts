import type { CheckRequest } from '@holdfast/engine/operations';

export type CheckArguments =
	| { readonly ok: true; readonly requests: readonly CheckRequest[] }
	| { readonly ok: false; readonly message: string };

/** `id key=value … id …`: parameters belong to the check before them. */
export function readCheckArguments(words: readonly string[]): CheckArguments {
	const requests: { id: string; params: Record<string, string> }[] = [];
	for (const word of words) {
		const equals = word.indexOf('=');
		const current = requests.at(-1);
		if (equals < 0) {
			requests.push({ id: word, params: {} });
		} else if (current === undefined) {
			return { ok: false, message: `${word}: expected the id of a check before its parameters` };
		} else {
			const name = word.slice(0, equals);
			if (name === '') return { ok: false, message: `${word}: expected a name before the =` };
			if (Object.hasOwn(current.params, name)) return { ok: false, message: `${current.id} is given ${name} twice` };
			current.params[name] = word.slice(equals + 1);
		}
	}
	return { ok: true, requests };
}
