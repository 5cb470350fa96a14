import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { wordList } from '../word-list.ts';

const remote = (why: string, effect: 'write' | 'unknown' = 'unknown') => judged(effect, { class: 'fleet-exec', why });

/** Programs that act on many machines at once, or on another one (rule E19). */
export const fleetFamily: Family = {
	tools: wordList(`
		ansible ansible-playbook ansible-pull ansible-vault knife salt salt-call puppet chef-client fab pssh parallel-ssh pdsh
		clush dsh mosh teleport tsh parallel bolt mco
	`),
	judge: judgeFleet,
};

function judgeFleet({ tool, args }: Call): Judgement {
	if (args.length === 1 && /^(?:--version|-V)$/.test(args[0] ?? '')) return judged('read');
	if (tool.startsWith('ansible')) {
		if (args.some((arg) => /^--(?:list-hosts|list-tasks|syntax-check|list-tags)$/.test(arg))) return judged('read');
		if (tool === 'ansible-playbook' && args.some((arg) => arg === '--check' || arg === '-C')) return judged('read');
		if (tool === 'ansible-vault' && /^(?:view|decrypt)$/.test(args[0] ?? ''))
			return judged('read', { class: 'secrets-to-output', why: 'prints the values of secrets' });
		return remote('runs on every machine of the inventory', 'write');
	}
	if (/^(?:mosh|teleport|tsh)$/.test(tool))
		return judged('write', { class: 'fleet-exec', why: 'opens a shell on another machine', interactive: true });
	if (tool === 'puppet' && args.includes('--noop')) return judged('read');
	return remote(tool === 'parallel' ? 'runs a command many times at once' : 'runs on many machines at once');
}
