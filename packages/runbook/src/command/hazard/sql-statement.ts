import type { Effect, Hazard } from '../../model.ts';
import { type Judgement, judged, together } from '../call.ts';

/** Functions that change something although they stand in a SELECT (PostgreSQL manual, chapter 9.28 and others; MySQL; SQL Server). */
const actingFunction =
	/\b(?:setval|nextval|pg_reload_conf|pg_rotate_logfile|pg_promote|pg_switch_wal|pg_create_restore_point|pg_stat_reset\w*|pg_(?:create|drop)_\w*replication_slot|pg_logical_slot_get\w*|pg_try_advisory\w*|pg_advisory\w*|lo_(?:import|export|unlink|create)|dblink\w*|set_config|xp_cmdshell|pg_wal_replay_\w+|pg_logical_emit_message|pg_notify|release_lock|get_lock)\s*\(/i;
/** A function of the application's own whose name says that it acts. */
const ownActing = /\b\w*(?:delete|drop|remove|purge|truncate|update|insert|reset|kill|cancel|archive|refresh|rebuild|migrate)_\w*\s*\(/i;
const killing = /\bpg_(?:terminate|cancel)_backend\s*\(|^\s*(?:CLIENT\s+)?KILL\b/i;
const secretTables = /\b(?:pg_shadow|pg_authid|mysql\.user|pg_user_mapping)\b/i;
const changing = /\b(?:INSERT\s+INTO|UPDATE\s+[\w."`[\]]+(?:\s+(?:AS\s+)?\w+)?\s+SET|MERGE\s+INTO|REPLACE\s+INTO)\b/i;
const destroying = /\bDELETE\s+FROM\b|^\s*(?:DROP|TRUNCATE)\b|\bALTER\b[\s\S]*\bDROP\b|;\s*(?:DROP|TRUNCATE)\b/i;

const starts: Readonly<Record<string, Effect>> = {
	SELECT: 'read',
	SHOW: 'read',
	DESCRIBE: 'read',
	DESC: 'read',
	TABLE: 'read',
	VALUES: 'read',
	WITH: 'read',
	PRAGMA: 'read',
	USE: 'read',
	BEGIN: 'read',
	START: 'read',
	COMMIT: 'read',
	ROLLBACK: 'read',
	END: 'read',
	FETCH: 'read',
	HELP: 'read',
};

/** Splits SQL text into statements: strings, comments and dollar quotes are blanked out so that their words do not count (rule E4). */
export function splitSql(text: string): readonly string[] {
	const bare = text.replace(/\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) =>
		found.startsWith("'") ? "''" : ' ',
	);
	return bare
		.split(';')
		.map((statement) => statement.trim())
		.filter((statement) => statement !== '');
}

/** Judges SQL text by its statements; the worst counts (rules E3 to E5). */
export function judgeSql(text: string): Judgement {
	const dollar = /\bDO\s+\$|EXECUTE\b/i.test(text)
		? [judged('unknown', { class: 'sql-write', why: 'runs a block of code in the database' })]
		: [];
	return together([...dollar, ...splitSql(text).map(judgeStatement)]);
}

/** True for a line that opens a SQL statement, as found in fences without a tag and in clients' transcripts. */
export function looksLikeSql(line: string): boolean {
	return /^\s*(?:SELECT\b.*(?:\bFROM\b|\(|[*\d])|SELECT$|INSERT\s+INTO\b|UPDATE\s+\S+\s+SET\b|UPDATE\s+[\w.]+$|DELETE\s+FROM\b|(?:DROP|TRUNCATE|CREATE|ALTER)\s+(?:TABLE|INDEX|DATABASE|SCHEMA|VIEW|ROLE|USER|SYSTEM|MATERIALIZED|UNIQUE|EXTENSION|FUNCTION|SEQUENCE|TYPE|TRIGGER|POLICY)\b|TRUNCATE\s+\w+|EXPLAIN\s+(?:\(|ANALY[SZ]E|SELECT|UPDATE|DELETE|INSERT)|GRANT\s+.+\bTO\b|REVOKE\s+.+\bFROM\b|VACUUM(?:\s|;|$)|REINDEX\b|WITH\s+\w+\s+AS\s*\(|SHOW\s+(?:PROCESSLIST|FULL|TABLES|STATUS|VARIABLES|ENGINE|SLAVE|REPLICA|MASTER)\b|KILL\s+\d+\s*;|BEGIN\s*;|COMMIT\s*;|ROLLBACK\s*;)/i.test(
		line,
	);
}

function judgeStatement(statement: string): Judgement {
	const meta = /^\\(\S*)\s*(.*)/s.exec(statement);
	if (meta !== null) return judgeMeta(meta[1] as string, meta[2] as string);
	const explain = /^EXPLAIN\b\s*(\([^)]*\)|(?:ANALY[SZ]E|VERBOSE)(?:\s+(?:VERBOSE|ANALY[SZ]E))?)?\s*/i.exec(statement);
	if (explain !== null) {
		const runs = /ANALY[SZ]E/i.test(explain[1] ?? '');
		return runs ? judgeStatement(statement.slice(explain[0].length)) : judged('read');
	}
	const hazards: Hazard[] = [];
	let effect: Effect = starts[/^[A-Za-z]+/.exec(statement)?.[0].toUpperCase() ?? ''] ?? 'unknown';
	const note = (to: Effect, name: string, why: string) => {
		effect = together([judged(effect), judged(to)]).effect;
		hazards.push({ class: name, why });
	};
	if (destroying.test(statement)) {
		const whole = /\bDELETE\s+FROM\b/i.test(statement) && !/\bWHERE\b/i.test(statement);
		note('block', 'sql-destroy', whole ? 'deletes every row of a table (no WHERE)' : 'drops, truncates or deletes data');
	}
	if (killing.test(statement)) note('write', 'kill-sessions', 'ends or cancels the sessions of others');
	if (changing.test(statement)) note('write', 'sql-write', 'writes rows');
	if (/\bSELECT\b[\s\S]*\bINTO\s+(?!@)/i.test(statement)) note('write', 'sql-write', 'writes its result to a new table or a file');
	if (/\bFOR\s+(?:NO\s+KEY\s+)?(?:UPDATE|SHARE|KEY\s+SHARE)\b/i.test(statement)) note('write', 'sql-write', 'locks the rows it reads');
	if (actingFunction.test(statement) || ownActing.test(statement)) note('write', 'sql-write', 'calls a function that changes something');
	if (secretTables.test(statement)) note('read', 'secrets-to-output', 'shows stored passwords or their hashes');
	const other = judgeOther(statement);
	if (other !== null) note(other[0], 'sql-write', other[1]);
	if (hazards.some((hazard) => hazard.class === 'sql-write' || hazard.class === 'sql-destroy' || hazard.class === 'kill-sessions')) {
		effect = known(effect, hazards);
	}
	return { ...judged(effect), hazards };
}

/** A statement whose kind is known by its hazard is no longer unknown, unless the hazard says so. */
function known(effect: Effect, hazards: readonly Hazard[]): Effect {
	if (effect !== 'unknown') return effect;
	return hazards.some((hazard) => hazard.why.startsWith('runs ')) ? 'unknown' : 'write';
}

function judgeOther(statement: string): readonly [Effect, string] | null {
	const first = /^[A-Za-z]+/.exec(statement)?.[0].toUpperCase() ?? '';
	switch (first) {
		case 'CREATE':
			return [
				'write',
				/\bINDEX\b/i.test(statement) && !/\bCONCURRENTLY\b/i.test(statement)
					? 'creates an index and locks its table meanwhile'
					: 'creates an object',
			];
		case 'ALTER':
			return ['write', 'changes the schema or the settings of the server'];
		case 'GRANT':
		case 'REVOKE':
			return ['write', 'changes who may do what'];
		case 'VACUUM':
			return ['write', /\bFULL\b/i.test(statement) ? 'rewrites tables and locks them meanwhile' : 'cleans up tables'];
		case 'COPY':
			if (/\bPROGRAM\b/i.test(statement)) return ['block', 'runs a program on the database server'];
			return /\bTO\s+STDOUT\b/i.test(statement) ? null : ['write', 'copies rows from or to a file'];
		case 'SET':
			return /^SET\s+(?:GLOBAL|PERSIST)\b/i.test(statement)
				? ['write', 'changes a setting of the whole server']
				: ['read', 'changes a setting of the session'];
		case 'REINDEX':
		case 'CLUSTER':
		case 'ANALYZE':
		case 'REFRESH':
		case 'OPTIMIZE':
		case 'REPAIR':
		case 'LOCK':
		case 'COMMENT':
		case 'NOTIFY':
		case 'LOAD':
		case 'RENAME':
		case 'FLUSH':
		case 'RESET':
		case 'STOP':
		case 'CHANGE':
		case 'PURGE':
		case 'UPSERT':
		case 'IMPORT':
			return ['write', 'changes tables or the server'];
		case 'CALL':
		case 'EXEC':
		case 'DO':
			return ['unknown', 'runs a procedure of the database'];
		default:
			return null;
	}
}

/** Backslash commands of psql. */
function judgeMeta(name: string, rest: string): Judgement {
	if (
		/^(?:d\w*\+?|l\+?|conninfo|timing|x|c|connect|z|sf|pset|a|t|H|encoding|echo|q|\?|h|watch|tables|schema|databases|indexes|dbinfo)$/.test(
			name,
		)
	)
		return judged('read', { unbounded: name === 'watch' });
	if (name === 'copy')
		return /\bfrom\b/i.test(rest) ? judged('write', { class: 'sql-write', why: 'copies rows from a file' }) : judged('local-write');
	return judged('unknown', { class: 'sql-write', why: 'runs a file, a program or generated statements' });
}
