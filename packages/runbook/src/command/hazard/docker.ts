import { type Call, type Family, type Judgement, judged, together } from '../call.ts';
import { readArgs } from '../read-args.ts';
import { wordList } from '../word-list.ts';

const globals = wordList(`
		-H --host --context -c -l --log-level --config -f --file -p --project-name --profile --env-file --project-directory
		--ansi --progress
	`);
const execValued = ['-u', '--user', '-w', '--workdir', '-e', '--env', '--env-file', '--index', '--detach-keys'];
const runValued = [
	...execValued,
	'-v',
	'--volume',
	'-p',
	'--publish',
	'--name',
	'--network',
	'--mount',
	'-h',
	'--hostname',
	'--entrypoint',
	'-m',
	'--memory',
	'--cpus',
	'--label',
	'-l',
	'--restart',
	'--platform',
	'--add-host',
	'--ulimit',
	'--cap-add',
	'--pull',
];

const changes = (why: string) => judged('write', { class: 'docker', why });
const destroys = (why: string) => judged('block', { class: 'docker', why });

/** Containers on one machine, with and without compose (rule E15). */
export const dockerFamily: Family = { tools: ['docker', 'docker-compose', 'podman', 'podman-compose', 'nerdctl'], judge: judgeDocker };

function judgeDocker(call: Call): Judgement {
	const { args } = call;
	let { verb, rest } = takeVerb(args);
	const compose = verb === 'compose' || call.tool.endsWith('-compose');
	if (verb === 'compose') ({ verb, rest } = takeVerb(rest));
	if (verb === '') return judged(args.length > 0 && args.every((arg) => /^-(?:v|h|-version|-help)$/.test(arg)) ? 'read' : 'unknown');
	const noun = verb;
	if (
		/^(?:container|image|volume|network|system|builder|buildx|context|service|stack|node|swarm|secret|config|plugin|manifest|machine|pod)$/.test(
			noun,
		) &&
		!compose
	) {
		const inner = takeVerb(rest);
		return judgeNoun(call, noun, inner.verb, inner.rest);
	}
	return judgeVerb(call, verb, rest);
}

function takeVerb(args: readonly string[]): { verb: string; rest: readonly string[] } {
	let index = 0;
	while (index < args.length && (args[index] as string).startsWith('-')) index += globals.includes(args[index] as string) ? 2 : 1;
	return { verb: args[index] ?? '', rest: args.slice(index + 1) };
}

function judgeNoun(call: Call, noun: string, verb: string, rest: readonly string[]): Judgement {
	if (verb === 'prune') return destroys('deletes everything that is not in use');
	if (/^(?:rm|remove|rmi|delete|leave)$/.test(verb))
		return /^(?:volume|stack|secret|swarm|machine)$/.test(noun)
			? destroys('deletes volumes, secrets or whole stacks')
			: judged('destructive', { class: 'docker', why: 'deletes containers, images or networks' });
	if (noun === 'config' && verb === 'inspect')
		return judged('read', { class: 'secrets-to-output', why: 'prints a configuration with its values' });
	if (noun === 'container' || noun === 'image') return judgeVerb(call, verb, rest);
	if (/^(?:ls|list|ps|inspect|df|info|events|logs|show|version|tasks)$/.test(verb))
		return judged('read', { unbounded: verb === 'events' || (verb === 'logs' && readArgs(rest).has('-f', '--follow')) });
	return verb === '' ? judged('unknown') : changes('changes containers, networks or the swarm');
}

function judgeVerb(call: Call, verb: string, rest: readonly string[]): Judgement {
	const flags = readArgs(rest, [
		'-n',
		'--tail',
		'--since',
		'--until',
		'--filter',
		'--format',
		'-t',
		'--timeout',
		'--scale',
		'-s',
		'--signal',
	]);
	switch (verb) {
		case 'ps':
		case 'images':
		case 'image':
		case 'version':
		case 'info':
		case 'top':
		case 'port':
		case 'diff':
		case 'history':
		case 'search':
		case 'ls':
		case 'list':
			return judged('read');
		case 'logs':
			return judged('read', { unbounded: readArgs(rest, ['-n', '--tail', '--since', '--until']).has('-f', '--follow') });
		case 'stats':
			return judged('read', { unbounded: !rest.includes('--no-stream') });
		case 'events':
			return judged('read', { unbounded: !flags.has('--until') });
		case 'inspect':
			return flags.value('--format', '-f') !== null && !/env/i.test(flags.value('--format', '-f') ?? '')
				? judged('read')
				: judged('read', { class: 'secrets-to-output', why: 'prints the environment of a container' });
		case 'config':
			return rest.some((arg) => /^(?:-q|--quiet|--services|--images|--volumes|--profiles)$/.test(arg))
				? judged('read')
				: judged('read', { class: 'secrets-to-output', why: 'prints the configuration with its values filled in' });
		case 'down':
			return flags.has('-v', '--volumes') || rest.some((arg) => arg.startsWith('--rmi'))
				? destroys('stops everything and deletes its volumes')
				: changes('stops and removes containers');
		case 'rm':
		case 'rmi':
			return flags.has('-v', '--volumes')
				? destroys('deletes containers with their volumes')
				: judged(flags.has('-f') ? 'block' : 'destructive', { class: 'docker', why: 'deletes containers or images' });
		case 'exec':
			return judgeExec(call, rest, execValued, 1);
		case 'run':
			return judgeExec(call, rest, runValued, 1);
		case 'attach':
			return judged('write', { class: 'docker', why: 'attaches to a container', interactive: true });
		case 'up':
			return judged('write', { class: 'docker', why: 'starts or replaces containers', unbounded: !flags.has('-d', '--detach', '--wait') });
		case 'build':
		case 'pull':
		case 'save':
		case 'export':
		case 'tag':
		case 'login':
		case 'logout':
			return judged('local-write', { interactive: verb === 'login' && !flags.has('--password-stdin', '-p', '--password') });
		case 'wait':
			return judged('read', { unbounded: true });
		case 'kill':
		case 'stop':
		case 'restart':
		case 'start':
		case 'create':
		case 'cp':
		case 'commit':
		case 'push':
		case 'pause':
		case 'unpause':
		case 'update':
		case 'rename':
		case 'scale':
		case 'load':
		case 'import':
		case 'watch':
			return changes('starts, stops or changes containers or images');
		case 'prune':
			return destroys('deletes everything that is not in use');
		default:
			return judged('unknown');
	}
}

function judgeExec(call: Call, rest: readonly string[], valued: readonly string[], skip: number): Judgement {
	let index = 0;
	let interactive = false;
	while (index < rest.length && (rest[index] as string).startsWith('-')) {
		const arg = rest[index] as string;
		if (/^-[a-zA-Z]*[it]/.test(arg) || arg === '--interactive' || arg === '--tty') interactive = interactive || !/^-T$/.test(arg);
		index += valued.includes(arg) ? 2 : 1;
	}
	const base = judged('write', { class: 'docker', why: 'runs inside a container', interactive });
	const inner = rest.slice(index + skip);
	return inner.length === 0 ? base : together([base, call.inner(inner)]);
}
