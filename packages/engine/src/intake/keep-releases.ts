import type pg from 'pg';
import type { Parcel } from './parcel.ts';

/** When it was seen last need not be exact: releases are written often and read seldom. */
const EXACT_TO = '30 seconds';

interface Seen {
	readonly service: string;
	readonly version: string;
	readonly first: number;
	readonly last: number;
}

/** Releases that events, transactions and sessions name. */
export async function noteReleases(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	const seen = new Map<string, Seen>();
	const note = (service: string, version: string | null, at: number): void => {
		if (version === null || version === '') return;
		const key = JSON.stringify([service, version]);
		const { first, last } = seen.get(key) ?? { first: at, last: at };
		seen.set(key, { service, version, first: Math.min(first, at), last: Math.max(last, at) });
	};
	for (const { service, errors, transactions, sessions, sessionCounts, vitals } of parcels) {
		for (const { release, at } of [...errors, ...transactions, ...sessions, ...vitals]) note(service, release, at);
		for (const { release, startedAt } of sessionCounts) note(service, release, startedAt);
	}
	const rows = [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	if (rows.length === 0) return;
	await client.query(
		`insert into app_release as r (service, version, first_at, last_at)
		select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[])
		on conflict (service, version) do update set first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at)
		where excluded.first_at < r.first_at or excluded.last_at > r.last_at + interval '${EXACT_TO}'`,
		[
			rows.map(({ service }) => service),
			rows.map(({ version }) => version),
			rows.map(({ first }) => new Date(first)),
			rows.map(({ last }) => new Date(last)),
		],
	);
}

/** What became of releases: webhooks, and the command line. They are few. */
export async function keepNotices(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	for (const { service, notices } of parcels)
		for (const notice of notices) {
			const { id, version, event, environment, from, commit, title, branch, url, deploymentId } = notice;
			const at = new Date(notice.at);
			const { rowCount } = await client.query(
				'insert into app_release_notice (service, id, version, event, at, environment, sent_by) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing',
				[service, id, version, event, at, environment, from],
			);
			if (rowCount === 0) continue;
			const isLive = event === 'live' || event === 'rolled-back';
			await client.query(
				`insert into app_release as r (service, version, first_at, last_at, live_at, commit, title, branch, url, deployment_id)
				values ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9)
				on conflict (service, version) do update set first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at),
					live_at = greatest(r.live_at, excluded.live_at), commit = coalesce(excluded.commit, r.commit), title = coalesce(excluded.title, r.title),
					branch = coalesce(excluded.branch, r.branch), url = coalesce(excluded.url, r.url), deployment_id = coalesce(excluded.deployment_id, r.deployment_id)`,
				[service, version, at, isLive ? at : null, commit, title, branch, url, deploymentId],
			);
		}
}
