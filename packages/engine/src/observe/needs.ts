/** Which check stands on which, through all steps of the catalogue. Pure. */
import { checkList } from '@holdfast/checks/registry';

const direct = new Map(checkList.map(({ id, needs }) => [id, needs]));
const known = new Map<string, ReadonlySet<string>>();

/** Checks whose failure explains this one's. */
export function prerequisitesOf(checkId: string): ReadonlySet<string> {
	const found = known.get(checkId);
	if (found !== undefined) return found;
	const all = new Set<string>();
	for (const need of direct.get(checkId) ?? []) {
		all.add(need);
		for (const deeper of prerequisitesOf(need)) all.add(deeper);
	}
	known.set(checkId, all);
	return all;
}

/** Checks whose failure this one's explains. */
export function dependentsOf(checkId: string): readonly string[] {
	return [...direct.keys()].filter((id) => prerequisitesOf(id).has(checkId));
}

/** What stands on more comes later. */
export function depthOf(checkId: string): number {
	return prerequisitesOf(checkId).size;
}
