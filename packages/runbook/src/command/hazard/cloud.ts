import { type Call, type Family, type Judgement, judged } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const destroys = (why: string) => judged('block', { class: 'cloud', why });
const changes = (why: string) => judged('write', { class: 'cloud', why });
const secret = (why: string) => judged('read', { class: 'secrets-to-output', why });

/** Cloud command lines and infrastructure as code (rule E12). */
export const cloudFamily: Family = {
	tools: wordList(`
		terraform tofu terragrunt pulumi cdk aws gcloud gsutil az doctl linode-cli hcloud oci ibmcloud scw cf sam serverless
		sls vault consul nomad packer op pass doppler infisical sops chamber s3cmd mc
	`),
	judge: judgeCloud,
};

function judgeCloud({ tool, args }: Call): Judgement {
	switch (tool) {
		case 'terraform':
		case 'tofu':
		case 'terragrunt':
			return judgeTerraform(args);
		case 'pulumi':
		case 'cdk':
			return judgeStacks(args);
		case 'aws':
			return judgeAws(args);
		case 'vault':
		case 'consul':
		case 'nomad':
		case 'op':
		case 'pass':
		case 'doppler':
		case 'infisical':
		case 'sops':
		case 'chamber':
			return judgeSecretStore(tool, args);
		default:
			return judgeVerbs(args);
	}
}

function judgeTerraform(args: readonly string[]): Judgement {
	const flags = readArgs(args);
	const [verb = '', sub = ''] = flags.operands;
	if (verb === 'destroy' || (verb === 'apply' && args.some((arg) => /^--?destroy$/.test(arg)))) return destroys('destroys infrastructure');
	if (verb === 'state' && /^(?:rm|push|replace-provider|mv)$/.test(sub))
		return judged('destructive', { class: 'cloud', why: 'rewrites the record of what exists' });
	if (verb === 'state' && sub === 'pull') return secret('prints the state with the secrets in it');
	if (verb === 'workspace' && sub === 'delete') return destroys('deletes a workspace');
	if (verb === 'output' && args.some((arg) => /^--?(?:raw|json)/.test(arg))) return secret('prints output values, secret ones included');
	if (
		/^(?:plan|show|validate|version|output|providers|graph|console|metadata)$/.test(verb) ||
		(verb === 'state' && /^(?:list|show)$/.test(sub)) ||
		(verb === 'workspace' && /^(?:list|show)$/.test(sub))
	) {
		return args.some((arg) => /^--?out(?:=|$)/.test(arg)) ? judged('local-write') : judged('read', { interactive: verb === 'console' });
	}
	if (verb === 'fmt') return args.some((arg) => /^--?check$/.test(arg)) ? judged('read') : judged('local-write');
	if (/^(?:init|get|workspace)$/.test(verb)) return judged('local-write');
	if (/^(?:apply|import|taint|untaint|refresh|force-unlock|up)$/.test(verb)) return changes('changes infrastructure');
	return judged(verb === '' && flags.has('--version', '-version', '-v') ? 'read' : 'unknown');
}

function judgeStacks(args: readonly string[]): Judgement {
	const [verb = '', sub = ''] = readArgs(args, ['-s', '--stack', '-C']).operands;
	if (verb === 'destroy' || (verb === 'stack' && sub === 'rm') || (verb === 'state' && sub === 'delete'))
		return destroys('destroys infrastructure');
	if (
		/^(?:preview|whoami|about|logs|version|diff|list|ls|synth|doctor)$/.test(verb) ||
		(verb === 'stack' && (sub === '' || sub === 'ls' || sub === 'history'))
	)
		return judged('read');
	if (verb === 'config' && args.includes('--show-secrets')) return secret('prints the values of secrets');
	return verb === '' ? judged('unknown') : changes('changes infrastructure');
}

function judgeAws(args: readonly string[]): Judgement {
	const flags = readArgs(args, ['--profile', '--region', '--output', '--query', '--endpoint-url', '--name', '--secret-id']);
	const [service = '', verb = ''] = flags.operands;
	if (service === 's3') {
		if (verb === 'ls' || verb === 'presign') return judged('read');
		if (flags.has('--dryrun')) return judged('read');
		if (/^(?:rm|rb)$/.test(verb)) return destroys('deletes objects or a bucket');
		if (verb === 'sync' && flags.has('--delete')) return destroys('deletes what the source does not have');
		if (/^(?:cp|sync)$/.test(verb) && !(flags.operands.at(-1) ?? '').startsWith('s3://')) return judged('local-write');
		return changes('writes objects');
	}
	if (
		/^(?:get-secret-value|batch-get-secret-value|get-session-token|assume-role|get-login-password|get-password-data|get-authorization-token|create-access-key|export-credentials|decrypt)$/.test(
			verb,
		)
	) {
		return secret('prints a secret or a token');
	}
	if (/^get-parameters?(?:-by-path)?$/.test(verb) && flags.has('--with-decryption')) return secret('prints a secret parameter');
	if (/^get-function(?:-configuration)?$/.test(verb) || verb === 'describe-task-definition')
		return secret('prints the environment of a function or a task');
	if (service === 'ssm' && verb === 'start-session')
		return judged('write', { class: 'fleet-exec', why: 'opens a shell on another machine', interactive: true });
	if (service === 'ecs' && verb === 'execute-command')
		return judged('write', { class: 'fleet-exec', why: 'runs inside a container', interactive: true });
	if (service === 'logs' && verb === 'tail') return judged('read', { unbounded: flags.has('--follow') });
	if (service === 'configure')
		return /^(?:list|list-profiles)$/.test(verb) ? judged('read') : verb === 'get' ? secret('prints a stored key') : judged('local-write');
	if (service === 'sso' && verb === 'login') return judged('local-write', { interactive: true });
	return judgeVerbs([service, verb]);
}

/** `… delete`, `… update`, `… list`: any cloud command line that names its verb among its words. */
function judgeVerbs(args: readonly string[]): Judgement {
	const flags = readArgs(args, ['--project', '--region', '--zone', '--format', '--resource-group', '-g', '-o', '--output', '--name', '-n']);
	const words = flags.operands.slice(0, 6).join(' ');
	if (
		/\b(?:secrets versions access|print-access-token|print-identity-token|get-access-token|keyvault secret show|list-keys|keys list|get-credentials|show-connection-string|appsettings list)\b/.test(
			words,
		)
	) {
		return secret('prints a secret or a token');
	}
	if (/\b(?:ssh|connect-to-serial-port)\b/.test(words))
		return judged('write', { class: 'fleet-exec', why: 'opens a shell on another machine', interactive: true });
	if (/\b(?:rb|rm|destroy|purge|delete-(?:bucket|db|table|stack|cluster|volume|snapshot|object)\S*)\b/.test(words))
		return destroys('deletes what holds data');
	if (/(?:^|[\s-])(?:delete|terminate|deregister|remove|detach|disassociate|revoke|disable|stop|release|reset)(?:-|\s|$)/.test(words)) {
		return judged('destructive', { class: 'cloud', why: 'deletes, stops or takes away something in the cloud' });
	}
	if (
		/(?:^|[\s-])(?:create|update|modify|put|set|start|reboot|restart|run|deploy|add|attach|associate|enable|invoke|send|copy|import|restore|failover|promote|resize|scale|apply|push|publish|replace|register|tag|untag|patch|rollback|move|upload|restage|map-route|unmap-route|bind|unbind|login|mb|mv|cp|rsync|sync|migrate|execute|cancel|swap|assign|grant|rotate|invalidate)(?:-|\s|$)/.test(
			` ${words}`,
		)
	) {
		return changes('changes something in the cloud');
	}
	if (
		/(?:^|[\s-])(?:describe|list|ls|get|show|head|lookup|search|filter|query|view|status|info|read|tail|logs|apps|events|whoami|get-caller-identity|target|version|export|batch-get|estimate|validate|wait|history|cat|du|stat|diff|check|env)(?:-|\s|$)/.test(
			` ${words}`,
		)
	) {
		return /(?:^|\s)env(?:\s|$)/.test(words)
			? secret('prints the environment of an application')
			: judged('read', { unbounded: /\btail\b/.test(words) });
	}
	return judged(words.trim() === '' && flags.has('--version', '--help') ? 'read' : 'unknown');
}

function judgeSecretStore(tool: string, args: readonly string[]): Judgement {
	const [verb = '', sub = ''] = readArgs(args, ['-p', '--project', '-c', '--config', '-n', '-address', '-namespace']).operands;
	const words = `${verb} ${sub}`;
	if (
		/\b(?:status|version|list|ls|members|validate|node|whoami|me|projects|configs|catalog)\b/.test(words) &&
		!/\b(?:secrets)\b/.test(verb)
	)
		return judged('read');
	if (
		/^(?:kv get|read|secrets|item get|document get|kv export|show|export|print|decrypt|inject|get|run)\b|^(?:-d)/.test(words.trim()) ||
		args.includes('-d')
	)
		return secret('prints the values of secrets');
	if (/\b(?:delete|destroy|purge|rm|revoke|leave|stop|metadata delete)\b/.test(words))
		return destroys('deletes or revokes secrets or members');
	if (tool === 'pass' && verb !== '' && sub === '' && !/^(?:insert|edit|generate|rm|mv|cp|git|init|find|grep)$/.test(verb))
		return secret('prints the values of secrets');
	return verb === '' ? judged('unknown') : changes('changes secrets or the cluster that keeps them');
}
