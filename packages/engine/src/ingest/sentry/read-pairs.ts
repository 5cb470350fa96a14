import { readFields, readList, readText } from '../values/field.ts';

export interface PairLimits {
	readonly count: number;
	/** Characters. */
	readonly name: number;
	readonly value: number;
}

/** Names with text: an object, a list of `[name, value]`, or one of `{key, value}`, as tags and headers may be written. A list of values is joined. */
export function readPairs(value: unknown, limits: PairLimits): Readonly<Record<string, string>> {
	const fields = readFields(value);
	const raw = fields === null ? readList(value).flatMap(readPair) : Object.entries(fields);
	const pairs: [string, string][] = [];
	for (const [name, held] of raw) {
		if (pairs.length >= limits.count) break;
		const key = readText(name, limits.name);
		const text = Array.isArray(held)
			? readText(held.filter((item) => typeof item === 'string').join(', '), limits.value)
			: readText(held, limits.value);
		if (key !== null && text !== null) pairs.push([key, text]);
	}
	return Object.fromEntries(pairs);
}

function readPair(item: unknown): readonly [unknown, unknown][] {
	if (Array.isArray(item)) return [[item[0], item[1]]];
	const fields = readFields(item);
	return fields === null ? [] : [[fields.key ?? fields.name, fields.value]];
}
