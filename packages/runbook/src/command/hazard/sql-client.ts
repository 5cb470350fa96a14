import { atLeast, type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';
import { judgeSql } from './sql-statement.ts';

const valued: Readonly<Record<string, readonly string[]>> = {
	psql: wordList('-h -p -U -d -c -f -v -o -F -L -P -R -T --command --file --dbname --host --port --username --output --set'),
	mysql: ['-h', '-u', '-P', '-D', '-e', '-S', '--execute', '--host', '--user', '--database', '--port'],
	sqlcmd: ['-S', '-U', '-P', '-d', '-Q', '-q', '-i', '-o'],
	cqlsh: ['-e', '-f', '-u', '-p', '-k', '--execute', '--file'],
	'clickhouse-client': ['-q', '--query', '-h', '--host', '-u', '--user', '--password', '-d', '--database'],
};
const asMysql = new Set(['mariadb', 'mycli', 'cockroach', 'snowsql', 'bq', 'duckdb']);

/** Programs that speak SQL: what they are given to say decides (rules E3 to E6). */
export const sqlClientFamily: Family = {
	tools: wordList('psql pgcli mysql mariadb mycli sqlite3 sqlite duckdb sqlcmd cqlsh clickhouse-client cockroach snowsql mongosh mongo bq'),
	judge: judgeSqlClient,
};

function judgeSqlClient(call: Call): Judgement {
	const { tool, args, stdin } = call;
	const family = tool === 'pgcli' ? 'psql' : asMysql.has(tool) ? 'mysql' : tool;
	const flags = readArgs(args, [...(valued[family] ?? ['-e', '-c', '-q']), '--eval']);
	if (flags.has('--version', '-V', '--help') || (family === 'psql' && flags.has('-l', '--list') && flags.value('-c', '-f') === null))
		return judged('read');
	const parts: Judgement[] = [];
	const statements = [...flags.values('-c', '--command', '-e', '--execute', '-q', '--query', '-Q')];
	if (family.startsWith('sqlite') && flags.operands.length > 1)
		statements.push(...flags.operands.slice(1).map((text) => text.replace(/^\./, '\\')));
	if (tool === 'bq' && flags.operands[0] === 'query') statements.push(...flags.operands.slice(1));
	if (tool.startsWith('mongo')) parts.push(...flags.values('--eval').map(judgeMongo));
	else parts.push(...statements.map(judgeSql));
	if (flags.values('-f', '--file', '-i').length > 0 || (tool.startsWith('mongo') && flags.operands.some((word) => word.endsWith('.js')))) {
		parts.push(judged('unknown', { class: 'sql-write', why: 'runs the statements of a file that is not in the document' }));
	}
	if (flags.values('-o', '--output').length > 0) parts.push(judged('local-write'));
	if (stdin.kind !== 'none') parts.push(judgeInput(call));
	if (parts.length === 0) return judged('unknown', { interactive: true });
	return together(parts);
}

function judgeInput({ stdin, tool }: Call): Judgement {
	if (stdin.kind === 'text') return tool.startsWith('mongo') ? judgeMongo(stdin.text) : judgeSql(stdin.text);
	if (stdin.kind === 'pipe' && /^(?:echo|printf)$/.test(stdin.from[0] ?? '')) {
		return tool.startsWith('mongo')
			? judgeMongo(stdin.from.slice(1).join(' '))
			: judgeSql(stdin.from.filter((word, index) => index > 0 && !/^-[neE]+$/.test(word)).join(' '));
	}
	return judged('block', { class: 'restore-over-live', why: 'feeds a file or a dump into the database' });
}

function judgeMongo(text: string): Judgement {
	if (/\b(?:drop\w*|delete\w*|remove|findOneAndDelete|shutdownServer)\s*\(/i.test(text))
		return judged('block', { class: 'sql-destroy', why: 'drops or deletes documents' });
	if (
		/\b(?:insert|update|replace|save|create|rename|bulkWrite|findOneAnd|findAndModify|killOp|set\w*|rs\.(?:step|re|add)|sh\.)\w*\s*\(/i.test(
			text,
		)
	)
		return judged('write', { class: 'sql-write', why: 'writes documents or settings' });
	if (/\b(?:runCommand|adminCommand|eval|load|\$out|\$merge)\b/i.test(text))
		return judged('unknown', { class: 'sql-write', why: 'runs a command of the server' });
	return /^[\s\w.()'"{}$:,/[\]-]*$/.test(text) &&
		/\b(?:find|count|stats|status|aggregate|explain|serverStatus|currentOp|getMongo|ping|printjson|show|isMaster|hello|dbStats|getIndexes)\w*/i.test(
			text,
		)
		? judged('read')
		: atLeast(judged('unknown'), 'unknown');
}
