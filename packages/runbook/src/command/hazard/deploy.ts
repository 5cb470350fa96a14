import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';
import { judgeSql } from './sql-statement.ts';

const changes = (why: string) => judged('write', { class: 'deploy', why });
const destroys = (why: string) => judged('destructive', { class: 'deploy', why });
const wipes = (why: string) => judged('block', { class: 'restore-over-live', why });
const secret = (why: string) => judged('read', { class: 'secrets-to-output', why });

const valued = wordList(`
		--scope --token -t -S --cwd -a --app -r --remote -p --project -c --config --project-ref -e --env --env-file --schema
		--site -s --service -n --lines --history
	`);

type Rule = (words: readonly string[], args: readonly string[]) => Judgement;

const rules: Readonly<Record<string, Rule>> = {
	vercel: judgeVercel,
	vc: judgeVercel,
	now: judgeVercel,
	convex: judgeConvex,
	supabase: judgeSupabase,
	prisma: judgePrisma,
	'drizzle-kit': judgeMigrator,
	knex: judgeMigrator,
	sequelize: judgeMigrator,
	typeorm: judgeMigrator,
	dbmate: judgeMigrator,
	alembic: judgeMigrator,
	flyway: judgeMigrator,
	liquibase: judgeMigrator,
	goose: judgeMigrator,
	atlas: judgeMigrator,
	fly: judgeFly,
	flyctl: judgeFly,
	heroku: judgeHeroku,
	wrangler: judgeWrangler,
	netlify: judgePlatform,
	ntl: judgePlatform,
	railway: judgePlatform,
	render: judgePlatform,
	firebase: judgePlatform,
	amplify: judgePlatform,
	'sentry-cli': judgePlatform,
	stripe: judgePlatform,
	pscale: judgePlatform,
	neonctl: judgePlatform,
	neon: judgePlatform,
	turso: judgePlatform,
	eas: judgePlatform,
	platform: judgePlatform,
	kamal: judgePlatform,
	cap: judgePlatform,
	dokku: judgePlatform,
	caprover: judgePlatform,
	eb: judgePlatform,
	copilot: judgePlatform,
	holdfast: judgePlatform,
	clerk: judgePlatform,
	upstash: judgePlatform,
	datadog: judgePlatform,
	'datadog-ci': judgePlatform,
	pd: judgePlatform,
	launchdarkly: judgePlatform,
	ldcli: judgePlatform,
};

/** Platforms, hosted back ends and migrations (rules E8 and E13). */
export const deployFamily: Family = { tools: Object.keys(rules), judge: judgeDeploy };

function judgeDeploy({ tool, args }: Call): Judgement {
	const flags = readArgs(args, valued);
	if (flags.operands.length === 0 && flags.has('--version', '--help', '-v', '-h', '-V')) return judged('read');
	return (rules[tool] ?? judgePlatform)(flags.operands, args);
}

function judgeVercel(words: readonly string[], args: readonly string[]): Judgement {
	const [verb = '', sub = ''] = words;
	if (args.some((arg) => arg === '--prod' || arg === '--force' || arg === '-f')) return changes('deploys to production');
	if (/^(?:ls|list|inspect|logs|log|whoami|teams|bisect|httpstat|curl)$/.test(verb) && verb !== 'curl')
		return judged('read', { unbounded: /^logs?$/.test(verb) && args.some((arg) => arg === '--follow' || arg === '-f') });
	if (verb === 'env') {
		if (sub === 'ls' || sub === 'list') return judged('read');
		if (sub === 'pull' || sub === 'run')
			return judged('local-write', { class: 'secrets-to-output', why: 'writes the values of the variables to a file' });
		return changes('changes the variables of the application');
	}
	if (verb === 'pull') return judged('local-write', { class: 'secrets-to-output', why: 'writes the values of the variables to a file' });
	if (
		/^(?:domains|dns|certs|alias|aliases|projects?|target|cache|integration|blob|secrets?)$/.test(verb) &&
		/^(?:ls|list|inspect|)$/.test(sub) &&
		words.length < 4
	)
		return sub === '' && /^alias(?:es)?$/.test(verb) ? changes('points a name at a deployment') : judged('read');
	if (/^(?:remove|rm)$/.test(verb) || /^(?:rm|remove|purge)$/.test(sub)) return destroys('removes a deployment, a name or a project');
	if (verb === 'build' || verb === 'link') return judged('local-write');
	if (verb === 'dev') return judged('local-write', { unbounded: true });
	if (verb === 'login') return judged('local-write', { interactive: true });
	return changes('deploys, promotes or rolls back');
}

function judgeConvex(words: readonly string[], args: readonly string[]): Judgement {
	const [verb = '', sub = ''] = words;
	if (verb === 'logs') return judged('read', { unbounded: true });
	if (
		verb === 'data' ||
		verb === 'function-spec' ||
		verb === 'network-test' ||
		verb === 'docs' ||
		verb === 'version' ||
		verb === 'insights'
	)
		return judged('read');
	if (verb === 'dashboard') return judged('read', { interactive: true });
	if (verb === 'env') {
		if (sub === 'list' || sub === '') return secret('prints the values of all variables');
		if (sub === 'get')
			return /^(?:NEXT_PUBLIC|VITE|PUBLIC)_/.test(words[2] ?? '') ? judged('read') : secret('prints the value of a variable');
		return changes('changes the variables of the deployment');
	}
	if (verb === 'import') {
		return args.some((arg) => arg === '--replace' || arg === '--replace-all' || arg === '-y')
			? wipes('replaces the data of the deployment')
			: judged('destructive', { class: 'restore-over-live', why: 'imports data into the deployment' });
	}
	if (verb === 'export' || verb === 'codegen') return judged('local-write');
	if (verb === 'dev')
		return judged('write', { class: 'deploy', why: 'pushes functions while it runs', unbounded: !args.includes('--once') });
	if (verb === 'deploy' && args.includes('--dry-run')) return judged('read');
	if (verb === 'deploy') return changes('deploys functions and schema');
	if (verb === 'run') return changes('runs a function, which may be a mutation');
	return verb === '' ? judged('unknown') : changes('changes the deployment');
}

function judgeSupabase(words: readonly string[], args: readonly string[]): Judgement {
	const line = words.slice(0, 3).join(' ');
	if (line.startsWith('db reset')) return wipes('drops the database and builds it anew');
	if (/^(?:projects|branches) delete|^functions delete|^(?:secrets) unset|^storage rm/.test(line))
		return destroys('deletes a part of the project');
	if (args.includes('--dry-run') && line.startsWith('db push')) return judged('read');
	if (
		/^(?:status|projects list|functions list|migration list|secrets list|branches list|db (?:diff|lint)|inspect|link|orgs list|storage ls|network-\w+ get|domains get|services)/.test(
			line,
		)
	)
		return judged(line.startsWith('link') ? 'local-write' : line.startsWith('status') ? 'read' : 'read');
	if (/^(?:db dump|db pull|gen|migration new|functions (?:new|download)|init)/.test(line)) return judged('local-write');
	if (/^(?:start|stop)/.test(line)) return judged('local-write');
	return line === '' ? judged('unknown') : changes('changes the database or the project');
}

function judgePrisma(words: readonly string[], args: readonly string[]): Judgement {
	const line = words.slice(0, 2).join(' ');
	if (line === 'migrate reset' || args.includes('--accept-data-loss') || args.includes('--force-reset'))
		return wipes('may drop tables or columns with their data');
	if (/^(?:migrate (?:status|diff)|validate|version|format|debug)/.test(line))
		return judged(line.startsWith('format') ? 'local-write' : 'read');
	if (/^(?:generate|init|db pull)/.test(line)) return judged('local-write');
	if (line === 'studio') return judged('write', { class: 'deploy', why: 'opens an editor of the data', unbounded: true });
	if (line === 'db execute')
		return judged('unknown', { class: 'sql-write', why: 'runs the statements of a file that is not in the document' });
	return line.trim() === '' ? judged('unknown') : changes('changes the schema of the database');
}

function judgeMigrator(words: readonly string[]): Judgement {
	const line = words.slice(0, 3).join(' ');
	if (/\b(?:clean|drop|drop-all|reset|schema:drop|db:drop|down-to|downgrade|down|rollback|undo)\b/.test(line))
		return judged('destructive', { class: 'restore-over-live', why: 'takes a migration back, data included' });
	if (/\b(?:status|info|validate|current|history|heads|check|diff|version|list|show|migration:show)\b/.test(line)) return judged('read');
	if (/\b(?:generate|make|new|create|revision|migrate:make)\b/.test(line)) return judged('local-write');
	return line === '' ? judged('unknown') : changes('changes the schema of the database');
}

function judgeFly(words: readonly string[], args: readonly string[]): Judgement {
	const line = words.slice(0, 2).join(' ');
	if (/^(?:ssh console|console|postgres connect|pg connect|proxy)/.test(line))
		return judged('write', { class: 'fleet-exec', why: 'opens a shell on a machine', interactive: true });
	if (/\b(?:destroy|delete|remove)\b/.test(line))
		return judged('block', { class: 'deploy', why: 'destroys an application, a machine or a volume' });
	if (line.startsWith('logs')) return judged('read', { unbounded: !args.some((arg) => arg === '--no-tail' || arg === '-n') });
	if (
		/^(?:status|releases|info|version|doctor|checks|ips|history|open|dashboard|orgs|platform)|\b(?:list|show|status|ls)$/.test(line) &&
		!/\b(?:allocate|release)\b/.test(line)
	)
		return judged('read');
	return line === '' ? judged('unknown') : changes('deploys, restarts or changes the application');
}

function judgeHeroku(words: readonly string[], args: readonly string[]): Judgement {
	const [verb = '', sub = ''] = words;
	if (verb === 'config' || verb === 'config:get' || verb === 'pg:credentials:url') return secret('prints the values of the variables');
	if (
		/^(?:pg:reset|pg:promote|pg:copy|pg:backups:restore|apps:destroy|addons:destroy|pg:pull|pg:push)$/.test(verb) ||
		(verb === 'pg:backups' && sub === 'restore')
	)
		return wipes('resets, replaces or destroys data');
	if (/^(?:pg:psql|psql|ps:exec|console|redis:cli)$/.test(verb))
		return judged('unknown', { class: 'deploy', why: 'opens a console of the live system', interactive: true });
	if (/^(?:run|run:detached)$/.test(verb))
		return judged('write', {
			class: 'deploy',
			why: 'runs a command in the live system',
			interactive: /^(?:bash|sh|rails|console|psql)$/.test(sub),
		});
	if (/^(?:pg:kill|pg:killall)$/.test(verb)) return judged('write', { class: 'kill-sessions', why: 'ends the sessions of others' });
	if (verb === 'logs') return judged('read', { unbounded: args.some((arg) => arg === '-t' || arg === '--tail') });
	if (verb === 'maintenance' && sub === '') return judged('read');
	if (
		/^(?:ps|apps|releases|addons|domains|status|pg|pg:info|pg:ps|pg:diagnose|pg:locks|pg:blocking|pg:outliers|pg:long-running-queries|pg:backups|pg:backups:info|releases:info|apps:info|regions|whoami|auth:whoami|features|access|redis:info|certs|pipelines|pg:wait|buildpacks|stack|labs|git:remote)$/.test(
			verb,
		)
	)
		return judged('read');
	if (/^auth:token$/.test(verb)) return secret('prints an access token');
	return verb === '' ? judged('unknown') : changes('restarts, rolls back or changes the application');
}

function judgeWrangler(words: readonly string[], args: readonly string[]): Judgement {
	const line = words.slice(0, 3).join(' ');
	if (line.startsWith('tail')) return judged('read', { unbounded: true });
	if (line.startsWith('dev')) return judged('local-write', { unbounded: true });
	if (line.startsWith('d1 execute')) {
		const statement = readArgs(args, ['--command', ...valued]).value('--command');
		return statement === null ? judged('unknown', { class: 'sql-write', why: 'runs statements against a database' }) : judgeSql(statement);
	}
	if (/\b(?:delete|delete-\w+)\b/.test(line)) return destroys('deletes a part of the application');
	if (args.includes('--dry-run') && /^(?:deploy|publish)/.test(line)) return judged('read');
	if (
		/^(?:whoami|deployments (?:list|status|view)|versions (?:list|view)|secret list|types|(?:d1|r2|kv|queues|pages)\b.*\b(?:list|info)|kv (?:key|namespace) list)/.test(
			line,
		)
	)
		return judged('read');
	if (/^(?:kv key get|r2 object get)/.test(line)) return judged('local-write');
	return line === '' ? judged('unknown') : changes('deploys or changes the application');
}

/** Platforms whose verbs say what they do. */
function judgePlatform(words: readonly string[], args: readonly string[]): Judgement {
	const line = words.slice(0, 3).join(' ').replaceAll(':', ' ');
	if (/\b(?:env list|env get|variables|vars|secrets? get|credentials|token|config get|password create)\b/.test(line))
		return secret('prints the values of variables or keys');
	if (/\b(?:destroy|delete|remove|rm|purge|terminate)\b/.test(line)) return destroys('deletes a part of the application');
	if (/\b(?:listen|tail|dev|serve)\b/.test(line)) return judged('read', { unbounded: true });
	if (/\b(?:shell|console|ssh|connect)\b/.test(line)) return judged('unknown', { interactive: true });
	if (
		/\b(?:list|ls|status|info|show|view|logs?|whoami|open|describe|get|retrieve|version|health|doctor|diagnose|check|coverage|lint|verify|plan|help|events|details|inspect)\b/.test(
			line,
		)
	) {
		return judged('read', { unbounded: /\blogs?\b/.test(line) && args.some((arg) => /^(?:-f|--follow|--tail|-t)$/.test(arg)) });
	}
	return line === '' ? judged('unknown') : changes('deploys or changes the application');
}
