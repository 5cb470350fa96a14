import { atLeast, type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const valued = wordList(`
		-n --namespace --context --kubeconfig --cluster --user -s --server --token --as -l --selector -o --output -f
		--filename -c --container -k --kustomize --tail --since --since-time --field-selector --sort-by --replicas --timeout
		--grace-period -p --patch --type --image --for -v --request-timeout --limit-bytes --max-log-requests -L --values --set
		--version
	`);
const reads = new Set(
	'get describe logs top explain version cluster-info api-resources api-versions diff events auth whoami status project projects config kustomize wait options completion plugin can-i'.split(
		' ',
	),
);
const writes = new Set(
	'apply patch edit replace rollout scale autoscale label annotate create set run expose taint uncordon cordon drain certificate rollback start-build new-app import tag adm policy process proxy login logout import-image cancel-build'.split(
		' ',
	),
);
const executes = new Set(['exec', 'rsh', 'debug', 'cp', 'port-forward', 'attach', 'rsync']);
/** Kinds whose loss takes data or a whole part of the cluster with it. */
const precious =
	/^(?:pv|pvc|persistentvolumes?|persistentvolumeclaims?|ns|namespaces?|crds?|customresourcedefinitions?|nodes?|project|secrets?|statefulsets?|sts|all)(?:[/.,]|$)/i;

/** Kubernetes: `kubectl`, `oc`, `helm` and friends (rules E9 to E11). */
export const kubernetesFamily: Family = {
	tools: wordList(`
		kubectl oc k kubecolor helm helmfile k9s kubectx kubens stern flux argocd kustomize istioctl etcdctl crictl ctr
		kubeadm minikube kind eksctl cmctl linkerd
	`),
	judge: judgeKubernetes,
};

function judgeKubernetes(call: Call): Judgement {
	switch (call.tool) {
		case 'helm':
			return judgeHelm(call.args);
		case 'etcdctl':
			return judgeEtcd(call.args);
		case 'kubectl':
		case 'oc':
		case 'k':
		case 'kubecolor':
			return judgeKubectl(call);
		case 'k9s':
			return judged('unknown', { interactive: true });
		case 'stern':
			return judged('read', { unbounded: !call.args.includes('--no-follow') });
		default:
			return judgeOther(call.args);
	}
}

function judgeKubectl(call: Call): Judgement {
	const { args } = call;
	const dashes = args.indexOf('--');
	const own = dashes === -1 ? args : args.slice(0, dashes);
	const flags = readArgs(own, valued);
	const [verb = '', kind = ''] = flags.operands;
	const parts: Judgement[] = [];
	if (flags.value('--token') !== null)
		parts.push(judged('read', { class: 'credentials-in-document', why: 'passes a token on the command line' }));
	if (flags.has('-w', '--watch', '--watch-only') && verb === 'get') parts.push(judged('read', { unbounded: true }));
	const dry = /^(?:client|server)$/.test(flags.value('--dry-run') ?? '') || (flags.has('--dry-run') && flags.value('--dry-run') === null);
	if (executes.has(verb)) parts.push(judgeExec(call, verb, own, dashes));
	else if (verb === 'delete') parts.push(dry ? judged('read') : judgeDelete(flags.operands.slice(1), own));
	else if (verb === 'drain' || verb === 'cordon') {
		parts.push(
			dry
				? judged('read')
				: judged(own.includes('--force') ? 'block' : 'destructive', { class: 'k8s-delete', why: 'takes a node out of service' }),
		);
	} else if (verb === 'scale' && /^0+$/.test(flags.value('--replicas') ?? ''))
		parts.push(dry ? judged('read') : judged('destructive', { class: 'k8s-delete', why: 'scales to nothing' }));
	else if (verb === 'rollout') parts.push(judgeRollout(kind, own));
	else if (verb === 'edit') parts.push(judged('write', { class: 'k8s-write', why: 'opens an object to be changed', interactive: true }));
	else if (verb === 'config' && !/^(?:view|get-contexts|current-context|get-clusters|get-users)$/.test(kind))
		parts.push(judged('local-write'));
	else if (verb === 'auth' && kind !== 'can-i' && kind !== 'whoami')
		parts.push(judged('write', { class: 'k8s-write', why: 'changes who may do what' }));
	else if (verb === 'adm' && /^(?:top|inspect|must-gather|node-logs|release|migrate)$/.test(kind))
		parts.push(judged(kind === 'top' || kind === 'node-logs' ? 'read' : 'local-write'));
	else if (verb === 'adm' && /^(?:drain|cordon|prune)$/.test(kind))
		parts.push(judged('destructive', { class: 'k8s-delete', why: 'takes a node out of service or deletes objects' }));
	else if (reads.has(verb)) parts.push(judgeGet(verb, kind, own));
	else if (writes.has(verb))
		parts.push(judged(dry ? 'read' : 'write', dry ? {} : { class: 'k8s-write', why: 'changes objects of the cluster' }));
	else parts.push(judged(flags.operands.length === 0 && flags.has('--help', '--version', '-h') ? 'read' : 'unknown'));
	return together(parts);
}

function judgeGet(verb: string, kind: string, args: readonly string[]): Judgement {
	if (
		verb === 'get' &&
		/^(?:secrets?)(?:[/,]|$)/i.test(kind) &&
		args.some((arg) => /^(?:-o|--output|--template)/.test(arg) && !/wide|name/.test(arg))
	) {
		return judged('read', { class: 'secrets-to-output', why: 'prints the values of a secret' });
	}
	if (verb === 'config' && args.includes('--raw'))
		return judged('read', { class: 'secrets-to-output', why: 'prints the keys of the cluster' });
	if (verb === 'whoami' && args.some((arg) => arg === '-t' || arg === '--show-token'))
		return judged('read', { class: 'secrets-to-output', why: 'prints an access token' });
	return judged('read', { unbounded: verb === 'logs' && readArgs(args, valued).has('-f', '--follow') && !args.includes('--follow=false') });
}

function judgeRollout(kind: string, args: readonly string[]): Judgement {
	if (kind === 'history') return judged('read');
	if (kind === 'status') return judged('read', { unbounded: !args.some((arg) => arg.startsWith('--timeout') || arg === '--watch=false') });
	return judged('write', { class: 'k8s-write', why: 'restarts, pauses or undoes a rollout' });
}

function judgeDelete(operands: readonly string[], args: readonly string[]): Judgement {
	const flags = readArgs(args, valued);
	const all =
		flags.has('--all', '-A', '--all-namespaces') ||
		operands.some((word) => precious.test(word)) ||
		flags.has('-f', '-k', '--filename', '--kustomize');
	const forced = flags.has('--force') || flags.value('--grace-period') === '0';
	if (all || forced)
		return judged('block', {
			class: 'k8s-delete',
			why: all ? 'deletes data, a namespace, or many objects at once' : 'deletes without letting it end in order',
		});
	return judged('destructive', { class: 'k8s-delete', why: 'deletes objects of the cluster' });
}

function judgeExec(call: Call, verb: string, own: readonly string[], dashes: number): Judgement {
	const flags = readArgs(
		own,
		valued.filter((flag) => flag !== '-p'),
	);
	const interactive =
		flags.has('-i', '-t', '--stdin', '--tty') ||
		verb === 'attach' ||
		(dashes === -1 && verb !== 'cp' && verb !== 'port-forward' && verb !== 'rsync' && flags.operands.length < 3);
	const why =
		verb === 'cp' || verb === 'rsync'
			? 'copies files from or to a container'
			: verb === 'port-forward'
				? 'opens a tunnel into the cluster'
				: 'runs inside a container';
	const base = judged('write', { class: 'k8s-exec', why, interactive, unbounded: verb === 'port-forward' });
	const inner = dashes === -1 ? flags.operands.slice(verb === 'rsh' ? 2 : 2) : call.args.slice(dashes + 1);
	return inner.length > 0 && (verb === 'exec' || verb === 'rsh' || verb === 'debug') ? together([base, call.inner(inner)]) : base;
}

function judgeHelm(args: readonly string[]): Judgement {
	const flags = readArgs(args, [...valued, '--revision', '--repo', '--kube-context']);
	const [verb = '', kind = ''] = flags.operands;
	if (/^(?:list|ls|status|history|get|show|search|version|template|lint|env|verify|diff)$/.test(verb))
		return judged(verb === 'get' && kind === 'values' ? 'read' : 'read');
	if (/^(?:repo|dependency|pull|package|plugin|create|registry)$/.test(verb)) return judged('local-write');
	if (/^(?:uninstall|delete)$/.test(verb))
		return flags.has('--dry-run')
			? judged('read')
			: judged('destructive', { class: 'k8s-delete', why: 'removes a release from the cluster' });
	if (/^(?:install|upgrade|rollback|push|test)$/.test(verb))
		return flags.has('--dry-run') ? judged('read') : judged('write', { class: 'k8s-write', why: 'changes a release of the cluster' });
	return judged('unknown');
}

function judgeEtcd(args: readonly string[]): Judgement {
	const words = readArgs(args, ['--endpoints', '--cacert', '--cert', '--key', '-w', '--write-out', '--user']).operands;
	const line = words.slice(0, 2).join(' ');
	if (/^(?:version|get|watch|check \w+|endpoint \w+|member list|alarm list|user list|role list|snapshot status)/.test(line))
		return judged('read', { unbounded: words[0] === 'watch' });
	if (/^(?:del|snapshot restore|member remove|user delete|role delete)/.test(line))
		return judged('block', { class: 'k8s-delete', why: 'deletes or replaces data of the cluster' });
	if (line === 'snapshot save') return judged('local-write');
	return judged(words.length === 0 ? 'unknown' : 'write', { class: 'k8s-write', why: 'changes the cluster store' });
}

function judgeOther(args: readonly string[]): Judgement {
	const words = readArgs(args, valued).operands.slice(0, 3).join(' ');
	if (/\b(?:delete|remove|reset|rm|rmi|rmp|terminate|uninstall)\b/.test(words))
		return judged('destructive', { class: 'k8s-delete', why: 'deletes objects of the cluster' });
	if (/\bexec\b/.test(words)) return judged('write', { class: 'k8s-exec', why: 'runs inside a container', interactive: true });
	if (
		/^(?:get|list|ls|ps|images|logs|inspect|stats|info|version|status|describe|check|diff|history|proxy-status|analyze|build|events?|tree|(?:app|cluster|proj|repo|account|images|containers|tasks) (?:get|list|ls|diff|history|logs|resources))\b/.test(
			words,
		)
	)
		return judged('read');
	return words === ''
		? judged('unknown')
		: atLeast(judged('write', { class: 'k8s-write', why: 'changes objects of the cluster' }), 'write');
}
