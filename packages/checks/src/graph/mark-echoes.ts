/** A failing check whose prerequisite fails is an echo, not a cause. Pure. */
import type { Observation } from '../contract.ts';

/**
 * @param needs keys of the prerequisites by key.
 * @returns the observations with `echoOf` set to the root-most failing prerequisite of each failing one: the failing
 * prerequisite that is no echo itself; of several the one that stands first. A prerequisite that looked at several paths
 * explains a failure only if it failed at the same ones. Without cycles by the catalogue's test.
 */
export function markEchoes(observations: readonly Observation[], needs: ReadonlyMap<string, readonly string[]>): readonly Observation[] {
	const byKey = new Map(observations.map((observation) => [observation.key, observation]));
	const known = new Map<string, readonly Observation[]>();

	/** Goes through prerequisites that do not fail as well: what they rest on may. */
	const listRoots = (key: string): readonly Observation[] => {
		const found = known.get(key);
		if (found !== undefined) return found;
		known.set(key, []);
		const roots = (needs.get(key) ?? []).flatMap((need) => {
			const deeper = listRoots(need);
			const prerequisite = byKey.get(need);
			const stands = prerequisite?.state === 'fail' && !deeper.some((root) => explains(root, prerequisite));
			return stands ? [...deeper, prerequisite] : deeper;
		});
		known.set(key, roots);
		return roots;
	};

	return observations.map((observation) => {
		const root =
			observation.state === 'fail' ? listRoots(observation.key).find((candidate) => explains(candidate, observation)) : undefined;
		return { ...observation, echoOf: root?.key ?? null };
	});
}

/** Findings without a path are about everything. */
function explains(root: Observation, echo: Observation): boolean {
	const [failed, affected] = [listPaths(root), listPaths(echo)];
	if (failed === null || affected === null) return true;
	return affected.every((path) => failed.includes(path));
}

/** @returns the paths at which it fails; null where a failing finding names none. */
function listPaths({ findings }: Observation): readonly string[] | null {
	const paths = findings.filter(({ severity }) => severity === 'fail').map(({ at }) => at);
	const named = paths.filter((path) => path !== undefined);
	return named.length === 0 || named.length < paths.length ? null : named;
}
