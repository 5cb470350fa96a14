import type pg from 'pg';
import type { DrainLevel, DrainLine } from '../ingest/drains/drain-line.ts';
import type { Parcel } from './parcel.ts';

/** By their number in the database. */
export const LINE_LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] as const satisfies readonly DrainLevel[];

const DAY = 86_400_000;

export async function keepLines(client: pg.PoolClient, parcels: readonly Parcel[]): Promise<void> {
	const rows = parcels.flatMap(({ service, receivedAt, lines }) =>
		lines.map((line) => ({ service, line, at: placeInTime(line.at, receivedAt) })),
	);
	if (rows.length === 0) return;
	await client.query(
		`insert into log_line (service, at, level, message, source, id, detail)
		select * from unnest($1::text[], $2::timestamptz[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
		on conflict do nothing`,
		[
			rows.map(({ service }) => service),
			rows.map(({ at }) => new Date(at)),
			rows.map(({ line }) => LINE_LEVELS.indexOf(line.level)),
			rows.map(({ line }) => line.message),
			rows.map(({ line }) => line.source),
			rows.map(({ line }) => line.id),
			rows.map(({ line }) => JSON.stringify(detailOf(line))),
		],
	);
}

/** A line that says it is from long ago, or from tomorrow, stands where it came in: days are there around now only. */
function placeInTime(at: number, receivedAt: number): number {
	const today = Math.floor(receivedAt / DAY) * DAY;
	return at >= today - DAY && at < today + 2 * DAY ? at : receivedAt;
}

function detailOf({ at: _at, level: _level, message: _message, source: _source, id: _id, ...rest }: DrainLine): object {
	return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
}
