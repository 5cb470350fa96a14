/** What is wrong in `monitors:` of a service and can be told without its runbook: unknown checks, intervals that cannot be kept. */
import { findNearestName } from '@holdfast/runbook/nearest-name';
import { LONGEST_EVERY_MS, leastEveryMs } from '../monitors/defaults.ts';
import type { ConfigFault } from './config-fault.ts';
import { describeValue } from './describe-value.ts';
import { parseDuration } from './duration.ts';

/** @param monitors raw, by check or by question @param checkIds null: any name is taken */
export function checkMonitors(
	path: readonly PropertyKey[],
	monitors: Readonly<Record<string, unknown>>,
	checkIds: readonly string[] | null,
): readonly ConfigFault[] {
	return Object.entries(monitors).flatMap(([key, settings]): readonly ConfigFault[] => {
		const id = key.trim().split(/\s+/)[0] ?? '';
		if (checkIds !== null && !checkIds.includes(id)) {
			const nearest = findNearestName(id, checkIds);
			const hint = nearest === null ? 'holdfast check --list shows all.' : `Did you mean ${nearest}?`;
			return [{ path, key, message: `${describeValue(id)}: no such check`, hint }];
		}
		const every = typeof settings === 'object' && settings !== null && 'every' in settings ? settings.every : undefined;
		const everyMs = typeof every === 'string' ? parseDuration(every) : null;
		if (everyMs === null) return [];
		const least = leastEveryMs(id);
		if (everyMs >= least && everyMs <= LONGEST_EVERY_MS) return [];
		return [
			{
				path: [...path, key, 'every'],
				message: `monitors["${key}"].every: expected from ${least / 1000}s to ${LONGEST_EVERY_MS / 86_400_000}d, got ${describeValue(every)}`,
				hint: least > 1000 ? 'This check acts on the application: it is asked sparingly.' : '',
			},
		];
	});
}
