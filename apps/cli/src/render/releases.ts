import type { AppRelease } from '@holdfast/engine/operations';
import type { Layout } from '../session.ts';
import { formatAge, formatCount } from '../terminal/format-duration.ts';
import { formatTable } from '../terminal/rows.ts';
import { ago } from './errors.ts';

export function renderReleases(releases: readonly AppRelease[], now: number, { columns, style }: Layout): readonly string[] {
	if (releases.length === 0)
		return ['No release is known yet: name it in the SDK (release), or tell it with holdfast releases new VERSION.'];
	const rows = releases.map((release) => [
		{ text: release.version },
		{
			text: release.liveAt === null ? `first seen ${ago(release.firstAt, now)}` : `live for ${formatAge(now - Date.parse(release.liveAt))}`,
		},
		{ text: formatCount(release.newErrors, 'new error'), paint: release.newErrors > 0 ? style.red : undefined },
		{
			text:
				release.crashFree === null
					? 'no sessions'
					: `${(release.crashFree * 100).toFixed(2)} % of ${formatCount(release.sessions, 'session')} without a crash`,
		},
	]);
	return [style.bold(formatCount(releases.length, 'release')), ...formatTable(2, rows, [30, 24, 14], columns)];
}
