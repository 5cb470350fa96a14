import type pg from 'pg';

export interface AppRelease {
	readonly service: string;
	readonly version: string;
	/** ISO 8601. */
	readonly firstAt: string;
	readonly lastAt: string;
	readonly liveAt: string | null;
	readonly commit: string | null;
	readonly title: string | null;
	/** Error groups first seen in it. */
	readonly newErrors: number;
	readonly sessions: number;
	/** Share of sessions without a crash, 0 to 1; null without sessions. */
	readonly crashFree: number | null;
}

/** The one that came last first. */
export async function readReleases(
	pool: pg.Pool,
	{ service, limit }: { readonly service: string | null; readonly limit: number },
): Promise<readonly AppRelease[]> {
	const { rows } = await pool.query<{
		service: string;
		version: string;
		first_at: Date;
		last_at: Date;
		live_at: Date | null;
		commit: string | null;
		title: string | null;
		new_errors: number;
		sessions: string | null;
		crashed: string | null;
	}>(
		`select r.service, r.version, r.first_at, r.last_at, r.live_at, r.commit, r.title, h.sessions, h.crashed,
			(select count(*)::int from error_group g where g.service = r.service and g.first_release = r.version) as new_errors
		from app_release r left join lateral (
			select sum(healthy + errored + abnormal + crashed + unhandled) as sessions, sum(crashed) as crashed
			from app_session_hour where service = r.service and release = r.version) as h on true
		where $1::text is null or r.service = $1 order by coalesce(r.live_at, r.first_at) desc limit $2`,
		[service, limit],
	);
	return rows.map((row) => {
		const sessions = Number(row.sessions ?? 0);
		return {
			service: row.service,
			version: row.version,
			firstAt: row.first_at.toISOString(),
			lastAt: row.last_at.toISOString(),
			liveAt: row.live_at?.toISOString() ?? null,
			commit: row.commit,
			title: row.title,
			newErrors: row.new_errors,
			sessions,
			crashFree: sessions === 0 ? null : 1 - Number(row.crashed ?? 0) / sessions,
		};
	});
}
