import type pg from 'pg';
import type { DrainLevel } from '../ingest/drains/drain-line.ts';
import { LINE_LEVELS } from './keep-lines.ts';

export interface LogLine {
	readonly service: string;
	/** ISO 8601. */
	readonly at: string;
	readonly level: DrainLevel;
	readonly message: string;
	readonly source: string | null;
	/** Request, trace, release and the rest, as far as they were said. */
	readonly detail: Readonly<Record<string, unknown>>;
}

export interface LineQuery {
	readonly service: string | null;
	readonly since: number;
	readonly until: number;
	/** Words that must stand in it, whatever their case; null: any. */
	readonly text: string | null;
	/** And above. */
	readonly level: DrainLevel;
	readonly limit: number;
}

/** Longest that a search may take: it reads every line of its window. */
const TIMEOUT = '10s';

/** The newest of the window, oldest first. */
export async function readLines(client: pg.PoolClient, query: LineQuery): Promise<readonly LogLine[]> {
	await client.query(`set local statement_timeout = '${TIMEOUT}'`);
	const { rows } = await client.query<{
		service: string;
		at: Date;
		level: number;
		message: string;
		source: string | null;
		detail: Record<string, unknown>;
	}>(
		`select service, at, level, message, source, detail from log_line
		where at >= $1 and at <= $2 and ($3::text is null or service = $3) and level >= $4 and ($5::text is null or strpos(lower(message), lower($5)) > 0)
		order by at desc limit $6`,
		[new Date(query.since), new Date(query.until), query.service, LINE_LEVELS.indexOf(query.level), query.text, query.limit],
	);
	return rows.reverse().map(({ at, level, ...row }) => ({ ...row, at: at.toISOString(), level: LINE_LEVELS[level] ?? 'info' }));
}
