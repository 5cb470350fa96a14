/** One row of the hazard table: what is looked for, and what happens by default. Adding a class is a row here and its rule in a family. */
export interface HazardClass {
	readonly id: string;
	/** What it catches, in words. */
	readonly detects: string;
	/** `block`: never run from here; `confirm`: a person asks for it; `refuse`: not run as it stands; `show`: shown, not changed. */
	readonly byDefault: 'block' | 'confirm' | 'block or confirm' | 'refuse' | 'show';
	/** File with the rule. */
	readonly rule: string;
	readonly number: string;
}

export const hazardClasses = [
	{
		id: 'file-destroy',
		number: 'E2',
		byDefault: 'block',
		rule: 'hazard/file-destroy.ts',
		detects: 'rm -r or -f, mkfs, dd of=, shred, writes to disks, find -delete, xargs rm, rsync --delete',
	},
	{ id: 'file-write', number: 'E20', byDefault: 'confirm', rule: 'hazard/local-tools.ts', detects: 'files changed in place (sed -i)' },
	{
		id: 'sql-destroy',
		number: 'E3',
		byDefault: 'block',
		rule: 'hazard/sql-statement.ts',
		detects: 'DROP, TRUNCATE, DELETE FROM, ALTER … DROP; the same of document stores',
	},
	{
		id: 'sql-write',
		number: 'E4',
		byDefault: 'confirm',
		rule: 'hazard/sql-statement.ts',
		detects: 'UPDATE, INSERT, CREATE, ALTER, GRANT, VACUUM, EXPLAIN ANALYZE of a write, functions that act',
	},
	{
		id: 'kill-sessions',
		number: 'E5',
		byDefault: 'confirm',
		rule: 'hazard/sql-statement.ts',
		detects: 'pg_terminate_backend, pg_cancel_backend, KILL n, CLIENT KILL',
	},
	{
		id: 'cache-wipe',
		number: 'E7',
		byDefault: 'block or confirm',
		rule: 'hazard/redis.ts',
		detects: 'FLUSHALL, FLUSHDB, DEL and other writes of Redis',
	},
	{
		id: 'restore-over-live',
		number: 'E8',
		byDefault: 'block',
		rule: 'hazard/restore.ts',
		detects: 'pg_restore, psql < dump, mongorestore, convex import, supabase db reset, prisma migrate reset, --accept-data-loss',
	},
	{
		id: 'k8s-delete',
		number: 'E9',
		byDefault: 'block or confirm',
		rule: 'hazard/kubernetes.ts',
		detects: 'kubectl or oc delete, drain, cordon, scale to nothing',
	},
	{
		id: 'k8s-write',
		number: 'E10',
		byDefault: 'confirm',
		rule: 'hazard/kubernetes.ts',
		detects: 'apply, patch, edit, replace, rollout, scale, label, annotate, create; helm upgrade',
	},
	{
		id: 'k8s-exec',
		number: 'E11',
		byDefault: 'confirm',
		rule: 'hazard/kubernetes.ts',
		detects: 'exec, rsh, debug, cp, port-forward, attach',
	},
	{
		id: 'cloud',
		number: 'E12',
		byDefault: 'block or confirm',
		rule: 'hazard/cloud.ts',
		detects: 'terraform and pulumi apply or destroy, aws, gcloud, az verbs that change',
	},
	{
		id: 'deploy',
		number: 'E13',
		byDefault: 'confirm',
		rule: 'hazard/deploy.ts',
		detects: 'vercel, convex, supabase, prisma, fly, heroku, wrangler, npm publish, scripts named deploy or migrate',
	},
	{
		id: 'git-write',
		number: 'E14',
		byDefault: 'confirm',
		rule: 'hazard/git.ts',
		detects: 'push, reset --hard, clean -f, revert, checkout of files, merge, tag -d',
	},
	{
		id: 'docker',
		number: 'E15',
		byDefault: 'block or confirm',
		rule: 'hazard/docker.ts',
		detects: 'down, prune, rm, kill, stop, restart, up, volume rm, exec',
	},
	{
		id: 'service',
		number: 'E16',
		byDefault: 'block or confirm',
		rule: 'hazard/service.ts',
		detects: 'systemctl, service, pm2, monit, kill, pkill, shutdown, reboot, firewalls, accounts',
	},
	{
		id: 'http-write',
		number: 'E17',
		byDefault: 'block or confirm',
		rule: 'hazard/http.ts',
		detects: 'POST, PUT, PATCH, DELETE, request bodies, uploads, GETs whose path acts',
	},
	{
		id: 'fleet-exec',
		number: 'E19',
		byDefault: 'confirm',
		rule: 'hazard/fleet.ts',
		detects: 'ssh host command, ansible, knife, loops over hosts, xargs -P',
	},
	{
		id: 'pipe-to-shell',
		number: 'E25',
		byDefault: 'block',
		rule: 'peel-wrapper.ts',
		detects: 'curl | sh, eval "$(…)", source <(…), base64 -d | sh, interpreters fed by a pipe',
	},
	{
		id: 'shell-script',
		number: 'E23',
		byDefault: 'confirm',
		rule: 'judge-script.ts',
		detects: 'scripts and programs of the team’s own, files sourced',
	},
	{
		id: 'secrets-to-output',
		number: 'E18',
		byDefault: 'refuse',
		rule: 'hazard/secrets.ts',
		detects: 'printenv, env, echo $SECRET, cat .env, get secret -o, env pull, heroku config, -v with credentials, --token=$X',
	},
	{
		id: 'credentials-in-document',
		number: 'E26',
		byDefault: 'show',
		rule: 'hazard/general.ts',
		detects: 'passwords, user:pass@host, keys of vendors, tokens, private keys written out',
	},
	{ id: 'privilege', number: 'E25', byDefault: 'confirm', rule: 'peel-wrapper.ts', detects: 'sudo, doas, su, chroot, nsenter' },
	{
		id: 'confirmation-bypassed',
		number: 'E24',
		byDefault: 'confirm',
		rule: 'hazard/general.ts',
		detects: '--force, --yes, -y, --auto-approve, --no-verify, --skip-…: one level up',
	},
	{
		id: 'unbounded',
		number: 'E21',
		byDefault: 'confirm',
		rule: 'hazard/local-tools.ts',
		detects: '-f, --follow, --watch, watch, top, tail -f, journalctl -f, sleep, servers',
	},
	{
		id: 'interactive',
		number: 'E21',
		byDefault: 'refuse',
		rule: 'hazard/local-tools.ts',
		detects: 'bare psql, mysql, redis-cli, rails c, ssh host, editors, kubectl edit, -it',
	},
	{ id: 'placeholder', number: 'X11', byDefault: 'refuse', rule: 'find-placeholders.ts', detects: 'any placeholder left in a command' },
	{
		id: 'mangled-text',
		number: 'X10',
		byDefault: 'refuse',
		rule: 'odd-characters.ts',
		detects: 'curly quotes, dashes, spaces that are none, ellipses, marks of direction',
	},
	{
		id: 'egress',
		number: 'E27',
		byDefault: 'confirm',
		rule: 'hazard/egress.ts',
		detects: 'private and metadata addresses, file: and other schemes',
	},
] as const satisfies readonly HazardClass[];
