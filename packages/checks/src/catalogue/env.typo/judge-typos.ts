/** Names that are set and nearly the name of a variable that is not. Pure. */
import { findNearestName } from '@holdfast/runbook/nearest-name';
import type { Finding } from '../../contract.ts';

/** @param required whether the application cannot do without it: then it fails, else it is a warning. */
export function describeTypo(name: string, nearest: string, required: boolean): Finding {
	return {
		code: 'env.typo',
		severity: required ? 'fail' : 'warn',
		message: `${name} is not set, and ${nearest} is: the name looks mistyped`,
		fix: `rename ${nearest} to ${name} and restart the application`,
		at: name,
	};
}

/** A third of the letters may differ for a hint on the command line; a variable of its own name is more easily meant. Own bound. */
const mostEdits = 3;

/** @returns for each wanted name that is not set, the unclaimed name that was probably meant for it. */
export function findTypos(wanted: readonly string[], set: readonly string[]): readonly Finding[] {
	const known = new Set(wanted);
	const free = set.filter((name) => !known.has(name));
	return wanted.flatMap((name) => {
		if (set.includes(name)) return [];
		const nearest = findNearestName(
			name,
			free.filter((candidate) => Math.abs(candidate.length - name.length) <= mostEdits),
		);
		return nearest === null || countShared(name, nearest) < 0.6 ? [] : [describeTypo(name, nearest, true)];
	});
}

/** Share of the letters of `name` with which `other` begins or ends. */
function countShared(name: string, other: string): number {
	let start = 0;
	while (start < name.length && name[start] === other[start]) start += 1;
	let end = 0;
	while (end < name.length - start && name.at(-1 - end) === other.at(-1 - end)) end += 1;
	return (start + end) / name.length;
}
