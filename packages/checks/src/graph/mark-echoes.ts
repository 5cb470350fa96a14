/** A failing check whose prerequisite fails is an echo, not a cause. Pure. */
import type { Observation } from '../contract.ts';

/**
 * @param needs keys of the prerequisites by key.
 * @returns the observations with `echoOf` set to the root-most failing prerequisite of each failing one: the failing
 * prerequisite that is no echo itself; of several the one that stands first. Without cycles by the catalogue's test.
 */
export function markEchoes(observations: readonly Observation[], needs: ReadonlyMap<string, readonly string[]>): readonly Observation[] {
	const byKey = new Map(observations.map((observation) => [observation.key, observation]));
	const roots = new Map<string, string | null>();

	/** Goes through prerequisites that do not fail as well: what they rest on may. */
	const findRoot = (key: string): string | null => {
		const known = roots.get(key);
		if (known !== undefined) return known;
		roots.set(key, null);
		let root: string | null = null;
		for (const need of needs.get(key) ?? []) {
			const deeper = findRoot(need);
			root = deeper ?? (byKey.get(need)?.state === 'fail' ? need : null);
			if (root !== null) break;
		}
		roots.set(key, root);
		return root;
	};

	return observations.map((observation) => ({ ...observation, echoOf: observation.state === 'fail' ? findRoot(observation.key) : null }));
}
