/** Whether a resolved group is back. Pure. */
import { judgeReturn, type Resolution } from '../../ingest/group/judge-return.ts';
import type { ReleaseFacts } from '../../ingest/group/release-order.ts';
import type { ErrorRow } from '../parcel.ts';

export interface Returned {
	readonly group: number;
	readonly at: number;
	readonly reason: string;
}

/** @param facts by service and version, as `releaseKey` makes it @returns null: it stays as it is */
export function judgeReturns(
	{ id, resolution }: { readonly id: number; readonly resolution: Resolution | null },
	events: readonly ErrorRow[],
	facts: ReadonlyMap<string, ReleaseFacts>,
): Returned | null {
	if (resolution === null) return null;
	for (const { service, release, at } of events.toSorted((a, b) => a.at - b.at)) {
		const known = release === null ? null : (facts.get(releaseKey(service, release)) ?? { version: release, at: null });
		const { returned, reason } = judgeReturn(resolution, { at, release: known });
		if (returned) return { group: id, at, reason };
	}
	return null;
}

export function releaseKey(service: string, version: string): string {
	return JSON.stringify([service, version]);
}
