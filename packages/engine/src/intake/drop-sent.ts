/** Takes away what applications sent long ago. Groups, releases and what persons decided about them stay as long as days are kept. */
import { dropPartitions } from '../observe/partitions.ts';
import type { Retention } from '../retention/decide.ts';
import type { Database } from '../storage/open-database.ts';

const DAY = 86_400_000;
/** SDKs send again within minutes. */
const KNOWN_FOR_MS = DAY;
/** A session that was not heard of for so long changes no more. */
const SESSION_MS = 2 * DAY;
const ROWS_AT_ONCE = 10_000;

/** Some at a time, so that no lock is held for long. @returns rows that went; more may be left when it is large */
export async function dropSent(database: Database, now: number, retention: Retention): Promise<number> {
	await dropPartitions(database, now - retention.linesMs, 'log_line');
	const old: readonly (readonly [from: string, where: string, before: number])[] = [
		['error_event', 'at < $1', now - retention.eventsMs],
		['error_event', 'body is null and at < $1', now - KNOWN_FOR_MS],
		['error_group_hour', 'at < $1', now - retention.hourMs],
		['error_group', 'last_at < $1', now - retention.dayMs],
		['app_session', 'updated_at < $1', now - SESSION_MS],
		['app_session_hour', 'at < $1', now - retention.hourMs],
		['job_run', 'started_at < $1', now - retention.tracesMs],
		['client_loss', 'at < $1', now - retention.hourMs],
		['sent_once', 'at < $1', now - KNOWN_FOR_MS],
		['sent_rollup', "kind in ('t', 's') and at < $1", now - retention.tracesMs],
		['sent_rollup', "kind = 'v' and at < $1", now - retention.vitalsMs],
	];
	let dropped = 0;
	for (const [from, where, before] of old) {
		// Names and conditions are those above: only moments come from outside.
		const { rowCount } = await database.pool.query(
			`delete from ${from} where ctid = any (array(select ctid from ${from} where ${where} limit $2))`,
			[new Date(before), ROWS_AT_ONCE],
		);
		dropped += rowCount ?? 0;
	}
	return dropped;
}
