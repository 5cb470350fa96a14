import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const over = (why: string): Judgement => judged('block', { class: 'restore-over-live', why });

/** Dumps and restores of databases and backups (rule E8). A dump writes a file, or shows data when it has none to write to. */
export const restoreFamily: Family = {
	tools: wordList(`
		pg_dump pg_dumpall pg_restore pg_basebackup pg_isready pgbackrest wal-g barman initdb pg_ctl createdb dropdb
		createuser dropuser mysqldump mariadb-dump mysqladmin mysqlimport xtrabackup mongodump mongorestore mongoimport
		mongoexport restic borg velero rclone litestream duplicity kopia
	`),
	judge: judgeBackup,
};

function judgeBackup({ tool, args }: Call): Judgement {
	const flags = readArgs(args, ['-f', '--file', '-d', '-h', '-U', '-p', '-D', '--config']);
	const verb = flags.operands[0] ?? '';
	switch (tool) {
		case 'pg_isready':
			return judged('read');
		case 'pg_restore':
			if (flags.has('-l', '--list')) return judged('read');
			return over(flags.has('--clean', '-c') ? 'drops what is there and restores a dump over it' : 'restores a dump into a database');
		case 'mongorestore':
			if (flags.has('--dryRun')) return judged('read');
			return over(flags.has('--drop') ? 'drops what is there and restores a dump over it' : 'restores a dump into a database');
		case 'mysqlimport':
		case 'mongoimport':
			return over('loads a file into a live database');
		case 'dropdb':
		case 'dropuser':
		case 'initdb':
			return judged('block', { class: 'sql-destroy', why: 'drops or recreates a database or a user' });
		case 'createdb':
		case 'createuser':
			return judged('write', { class: 'sql-write', why: 'creates a database or a user' });
		case 'mysqladmin':
			if (flags.operands.some((word) => word === 'drop' || word === 'shutdown'))
				return judged('block', { class: 'sql-destroy', why: 'drops a database or stops the server' });
			if (flags.operands.includes('kill')) return judged('write', { class: 'kill-sessions', why: 'ends the sessions of others' });
			return /^(?:ping|status|processlist|extended-status|variables|version)$/.test(flags.operands.at(-1) ?? '')
				? judged('read')
				: judged('write', { class: 'sql-write', why: 'changes the server' });
		case 'pg_ctl':
			return verb === 'status'
				? judged('read')
				: judged('write', { class: 'service', why: 'starts, stops or promotes the database server' });
		case 'rclone':
			if (/^(?:ls|lsl|lsd|lsf|lsjson|check|size|about|version)$/.test(verb) || flags.has('--dry-run', '-n')) return judged('read');
			return /^(?:sync|delete|deletefile|purge|move|rmdirs?|cleanup)$/.test(verb)
				? judged('block', { class: 'file-destroy', why: 'deletes or replaces files at the target' })
				: judged('write');
		case 'restic':
		case 'borg':
		case 'velero':
		case 'litestream':
		case 'duplicity':
		case 'kopia':
		case 'pgbackrest':
		case 'wal-g':
		case 'barman':
		case 'xtrabackup':
			return judgeArchiver(flags.operands, args);
		default:
			return judged('local-write');
	}
}

function judgeArchiver(operands: readonly string[], args: readonly string[]): Judgement {
	const words = operands.slice(0, 2).join(' ');
	if (/\b(?:restore|recover|extract|backup-fetch|wal-fetch)\b/.test(words) && !/\bget\b/.test(words)) return over('restores a backup');
	if (/\b(?:forget|prune|delete|expire|unlock|purge)\b/.test(words))
		return judged('destructive', { class: 'restore-over-live', why: 'deletes backups' });
	if (args.includes('--copy-back')) return over('restores a backup');
	if (
		/\b(?:list|ls|snapshots|check|info|stats|diff|status|version|verify|generations|databases|get|describe|list-backup|list-backups|backup-list|wal-show|wal-verify|show-backup|show-server|policy)\b/.test(
			words,
		)
	)
		return judged('read');
	return judged('write');
}
