import { type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const valued = wordList('-h -p -s -a -u -n -r -i -d --user --pass --cacert --cert --key --sni --pattern --count');

const reads = new Set(
	`ping info get mget hget hgetall hmget hkeys hvals hlen exists ttl pttl type llen lrange lindex scard smembers sismember zcard zrange zscore zcount
	keys scan hscan sscan zscan dbsize memory object strlen time role lastsave slowlog latency command xlen xrange xinfo xpending randomkey getrange bitcount
	pfcount echo cluster client config acl script function module wait`.split(/\s+/),
);
const wipes = new Set(['flushall', 'flushdb', 'shutdown']);
const deletes = new Set(wordList('del unlink expire pexpire expireat hdel srem zrem lrem ltrim getdel xdel xtrim spop lpop rpop rename'));
/** Subcommands that only look, of commands that may do more. */
const readingPart =
	/^(?:list|info|usage|doctor|stats|get|getname|id|count|docs|nodes|slots|shards|keyslot|myid|whoami|latest|history|encoding|idletime|freq|refcount|len|help|stream|groups|consumers|cat|getuser|exists)$/;

/** Redis and its kin: wipe, delete, write, read (rule E7). */
export const redisFamily: Family = { tools: ['redis-cli', 'valkey-cli', 'keydb-cli', 'iredis'], judge: judgeRedisClient };

function judgeRedisClient({ args, stdin }: Call): Judgement {
	const flags = readArgs(args, valued);
	const parts: Judgement[] = [];
	if (flags.value('-a', '--pass') !== null)
		parts.push(judged('read', { class: 'credentials-in-document', why: 'passes a password on the command line' }));
	if (flags.has('--version', '--help')) return judged('read');
	if (flags.has('--bigkeys', '--memkeys', '--hotkeys', '--scan', '--rdb')) parts.push(judged(flags.has('--rdb') ? 'local-write' : 'read'));
	if (flags.has('--latency', '--latency-history', '--stat', '--latency-dist')) parts.push(judged('read', { unbounded: true }));
	if (flags.has('--eval', '--pipe', '--cluster', '--lua', '--functions-rdb'))
		parts.push(judged('unknown', { class: 'cache-wipe', why: 'runs a script or many commands at once' }));
	if (flags.operands.length > 0) parts.push(judgeRedis(flags.operands));
	if (stdin.kind === 'text')
		parts.push(
			...stdin.text
				.split('\n')
				.filter((line) => line.trim() !== '')
				.map((line) => judgeRedis(line.trim().split(/\s+/))),
		);
	else if (stdin.kind === 'pipe' && stdin.from[0] === 'echo') parts.push(judgeRedis(stdin.from.slice(1).join(' ').split(/\s+/)));
	else if (stdin.kind !== 'none') parts.push(judged('unknown', { class: 'cache-wipe', why: 'runs commands that are not in the document' }));
	const bare =
		flags.operands.length === 0 &&
		stdin.kind === 'none' &&
		!parts.some((part) => part.effect !== 'read' || part.unbounded) &&
		!flags.has('--bigkeys', '--memkeys', '--hotkeys', '--scan');
	if (bare) parts.push(judged('unknown', { interactive: true }));
	return together(parts);
}

/** Judges one Redis command, as an argument vector. */
export function judgeRedis(words: readonly string[]): Judgement {
	const name = (words[0] ?? '').toLowerCase();
	const part = (words[1] ?? '').toLowerCase();
	if (wipes.has(name)) return judged('block', { class: 'cache-wipe', why: name === 'shutdown' ? 'stops the server' : 'deletes every key' });
	if (deletes.has(name)) return judged('destructive', { class: 'cache-wipe', why: 'deletes keys' });
	if (name === 'client' && /^(?:kill|pause|unpause|unblock)$/.test(part))
		return judged('write', { class: 'kill-sessions', why: 'ends or holds the connections of others' });
	if (name === 'monitor' || name.endsWith('subscribe')) return judged('read', { unbounded: true });
	if (name === 'config' && part === 'get' && /pass|auth|\*/i.test(words[2] ?? ''))
		return judged('read', { class: 'secrets-to-output', why: 'shows the server password' });
	if (name === 'acl' && /^(?:list|getuser)$/.test(part))
		return judged('read', { class: 'secrets-to-output', why: 'shows password hashes' });
	if (/^(?:memory|object|slowlog|latency|cluster|client|config|acl|script|function|module)$/.test(name)) {
		return readingPart.test(part)
			? judged('read')
			: judged(/^(?:flush|reset|delete)$/.test(part) ? 'destructive' : 'write', {
					class: 'cache-wipe',
					why: 'changes the server or what it keeps',
				});
	}
	if (reads.has(name)) return judged('read');
	if (/^eval|^fcall/.test(name)) return judged('unknown', { class: 'cache-wipe', why: 'runs a script on the server' });
	return judged(/^[a-z]+$/.test(name) ? 'write' : 'unknown', { class: 'cache-wipe', why: 'writes keys or settings' });
}
