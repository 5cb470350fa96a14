/**
 * For monitors: a prerequisite that nobody asked for only explains a failure, so it is asked when there is one. Where an answer takes its
 * time, that may become one, and what could explain it is asked meanwhile.
 */
import type { Observation } from '../contract.ts';
import type { PlannedCheck } from './plan-graph.ts';

/** Nearly every answer comes before this; what hangs has the rest of its time for its explanation. */
const PATIENCE_MS = 1000;

/** @returns the observations of what was asked, and of what was needed to explain them, in the order of the plan */
export async function runLazily(
	planned: readonly PlannedCheck[],
	run: (planned: PlannedCheck) => Promise<Observation>,
): Promise<readonly Observation[]> {
	const byKey = new Map(planned.map((one) => [one.key, one]));
	const begun = new Map<string, Promise<Observation>>();
	const begin = (one: PlannedCheck): Promise<Observation> => {
		const known = begun.get(one.key) ?? run(one);
		begun.set(one.key, known);
		return known;
	};
	const explain = (key: string): void => {
		for (const need of byKey.get(key)?.needs ?? []) {
			const prerequisite = byKey.get(need);
			if (prerequisite === undefined) continue;
			begin(prerequisite).catch(() => undefined);
			explain(need);
		}
	};
	const open = new Set<string>();
	const asked = planned
		.filter((one) => one.asked)
		.map(async (one) => {
			open.add(one.key);
			const observation = await begin(one);
			open.delete(one.key);
			if (observation.state === 'fail') explain(one.key);
		});
	const timer = setTimeout(() => {
		for (const key of open) explain(key);
	}, PATIENCE_MS);
	try {
		await Promise.all(asked);
	} finally {
		clearTimeout(timer);
	}
	return await Promise.all(planned.flatMap(({ key }) => begun.get(key) ?? []));
}
