import type { Effect, Hazard } from '../model.ts';
import { wordList } from './word-list.ts';

/** What a wrapper runs, and what it adds to that (rule E25). */
export interface Peeled {
	/** `argv`: a vector of its own; `script`: text for a shell; `none`: nothing is wrapped, it stands alone. */
	readonly kind: 'argv' | 'script' | 'none';
	readonly argv: readonly string[];
	/** Of a script that is given as several words (`ssh host bash -c '…'`), `argv` holds them: both readings are judged. */
	readonly text: string;
	/** The least that the whole amounts to, whatever is inside. */
	readonly floor: Effect;
	readonly hazards: readonly Hazard[];
	readonly interactive: boolean;
	readonly unbounded: boolean;
}

const shells = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'fish', 'ash', 'pwsh', 'powershell', 'cmd']);
const runners = new Set(['npx', 'bunx', 'pnpx', 'uvx', 'pipx']);
const transparent = new Set(
	wordList('time nohup command exec builtin chronic unbuffer setsid caffeinate busybox noglob then do else ! cross-env'),
);
const timed: Readonly<Record<string, { readonly valued: readonly string[]; readonly skip: number }>> = {
	timeout: { valued: ['-s', '--signal', '-k', '--kill-after'], skip: 1 },
	gtimeout: { valued: ['-s', '--signal', '-k', '--kill-after'], skip: 1 },
	nice: { valued: ['-n', '--adjustment'], skip: 0 },
	ionice: { valued: ['-c', '-n', '-p'], skip: 0 },
	stdbuf: { valued: ['-i', '-o', '-e'], skip: 0 },
	taskset: { valued: [], skip: 1 },
	flock: { valued: ['-w', '-E', '--timeout'], skip: 1 },
};
const privileged: Readonly<Record<string, readonly string[]>> = {
	sudo: wordList('-u --user -g --group -h -p -C -r -t -T -D -R'),
	doas: ['-u', '-C'],
	runuser: ['-u', '-g', '-G'],
	chroot: ['--userspec', '--groups'],
	nsenter: ['-t', '--target'],
	gosu: [],
};
const ssh = wordList('-p -i -o -l -F -J -L -R -D -W -b -c -E -e -I -m -O -Q -S -w -B');
const xargs = wordList('-n -P -I -L -d -E -s -a --max-args --max-procs --delimiter --arg-file --replace');
/** Programs that put secrets or an environment around the command behind `--` or `run`. */
const surrounds: Readonly<Record<string, RegExp>> = {
	doppler: /^run$/,
	op: /^run$/,
	infisical: /^run$/,
	'aws-vault': /^exec$/,
	chamber: /^exec$/,
	railway: /^run$/,
	dotenv: /^/,
	dotenvx: /^run$/,
	poetry: /^run$/,
	pipenv: /^run$/,
	uv: /^run$/,
	bundle: /^exec$/,
	mise: /^(?:exec|x)$/,
	asdf: /^exec$/,
	direnv: /^exec$/,
	'with-env': /^/,
};

export const wrapperTools: ReadonlySet<string> = new Set([
	...shells,
	...runners,
	...transparent,
	...Object.keys(timed),
	...Object.keys(privileged),
	...Object.keys(surrounds),
	'env',
	'ssh',
	'su',
	'xargs',
	'watch',
	'eval',
]);

const nothing: Peeled = { kind: 'none', argv: [], text: '', floor: 'output', hazards: [], interactive: false, unbounded: false };

/**
 * Takes one wrapper off an argument vector: `sudo`, `env`, `time`, `ssh host`, `xargs`, `sh -c`, `npx`, `pnpm exec`, `poetry run`, …
 * `docker exec` and `kubectl exec` are taken off by their own families.
 *
 * @param piped whether something is piped or read into it
 * @returns null when the program is no wrapper
 */
export function peelWrapper(tool: string, args: readonly string[], piped: boolean): Peeled | null {
	if (transparent.has(tool)) return peelTransparent(tool, args);
	if (shells.has(tool)) return peelShell(args, piped);
	if (Object.hasOwn(privileged, tool)) return peelPrivileged(args, privileged[tool] ?? []);
	if (Object.hasOwn(timed, tool)) {
		const { valued, skip } = timed[tool] ?? { valued: [], skip: 0 };
		return inside(behindFlags(args, valued).slice(skip));
	}
	if (runners.has(tool)) return peelRunner(args);
	switch (tool) {
		case 'env':
			return peelEnv(args);
		case 'su':
			return peelSu(args);
		case 'ssh':
			return peelSsh(args);
		case 'xargs':
			return peelXargs(args);
		case 'watch':
			return {
				...asScript(behindFlags(args, ['-n', '--interval']).join(' ')),
				hazards: [{ class: 'unbounded', why: 'does not end by itself' }],
				unbounded: true,
			};
		case 'eval':
			return /\$\(|`/.test(args.join(' '))
				? runsText('runs what another command prints')
				: { ...asScript(args.join(' ')), floor: 'unknown' };
		case 'npm':
		case 'pnpm':
		case 'yarn':
		case 'bun':
			return peelManager(tool, args);
		default:
			return Object.hasOwn(surrounds, tool) ? peelSurround(args, surrounds[tool] as RegExp) : null;
	}
}

function inside(argv: readonly string[], add: Partial<Peeled> = {}): Peeled {
	return { ...nothing, kind: argv.length === 0 ? 'none' : 'argv', argv, ...add };
}

function asScript(text: string, add: Partial<Peeled> = {}): Peeled {
	return { ...nothing, kind: text.trim() === '' ? 'none' : 'script', text, ...add };
}

function runsText(why: string): Peeled {
	return { ...nothing, floor: 'block', hazards: [{ class: 'pipe-to-shell', why }] };
}

/** The words behind the leading flags. */
function behindFlags(args: readonly string[], valued: readonly string[]): readonly string[] {
	let index = 0;
	while (index < args.length && (args[index] as string).startsWith('-')) {
		const arg = args[index] as string;
		index += 1;
		if (arg === '--') break;
		if (valued.includes(arg)) index += 1;
	}
	return args.slice(index);
}

function peelTransparent(tool: string, args: readonly string[]): Peeled {
	if (tool === 'command' && /^-[vV]$/.test(args[0] ?? '')) return { ...nothing, floor: 'read' };
	const rest = behindFlags(args, ['-a', '-f', '-o']);
	return inside(tool === 'cross-env' ? withoutAssignments(rest) : rest, tool === 'exec' ? { floor: 'read' } : {});
}

function withoutAssignments(args: readonly string[]): readonly string[] {
	let index = 0;
	while (/^[A-Za-z_]\w*=/.test(args[index] ?? '')) index += 1;
	return args.slice(index);
}

function peelEnv(args: readonly string[]): Peeled | null {
	if (args.some((arg) => arg === '-S' || arg.startsWith('--split-string'))) return { ...nothing, floor: 'unknown' };
	const rest = withoutAssignments(behindFlags(args, ['-u', '--unset', '-C', '--chdir']));
	return rest.length === 0 ? null : inside(rest);
}

function peelShell(args: readonly string[], piped: boolean): Peeled {
	for (const [index, arg] of args.entries()) {
		if (arg.startsWith('<(')) return runsText('runs what another command prints');
		if (/^(?:-[a-z]*c|\/c|-Command)$/i.test(arg)) {
			const text = args[index + 1] ?? '';
			return /^\s*(?:\$\(|`|"\$\()/.test(text) ? runsText('runs what another command prints') : asScript(text, { floor: 'write' });
		}
		if (!arg.startsWith('-'))
			return { ...nothing, floor: 'unknown', hazards: [{ class: 'shell-script', why: 'runs a script that is not in the document' }] };
	}
	if (piped) return runsText('runs what is piped into it as shell');
	if (args.some((arg) => arg === '--version' || arg === '--help')) return { ...nothing, floor: 'read' };
	return {
		...nothing,
		floor: 'unknown',
		hazards: [{ class: 'interactive', why: 'waits for a person at the keyboard' }],
		interactive: true,
	};
}

function peelPrivileged(args: readonly string[], valued: readonly string[]): Peeled {
	const hazards = [{ class: 'privilege', why: 'acts with the rights of another account' }];
	const rest = withoutAssignments(behindFlags(args, valued));
	if (rest.length > 0) return inside(rest, { floor: 'write', hazards });
	const interactive = args.some((arg) => /^-[a-zA-Z]*[is]/.test(arg));
	return {
		...nothing,
		floor: 'write',
		hazards: interactive ? [...hazards, { class: 'interactive', why: 'waits for a person at the keyboard' }] : hazards,
		interactive,
	};
}

function peelSu(args: readonly string[]): Peeled {
	const hazards = [{ class: 'privilege', why: 'acts with the rights of another account' }];
	const at = args.findIndex((arg) => arg === '-c' || arg === '--command');
	if (at !== -1) return asScript(args[at + 1] ?? '', { floor: 'write', hazards });
	return {
		...nothing,
		floor: 'write',
		hazards: [...hazards, { class: 'interactive', why: 'waits for a person at the keyboard' }],
		interactive: true,
	};
}

function peelSsh(args: readonly string[]): Peeled {
	const hazards = [{ class: 'fleet-exec', why: 'runs on another machine' }];
	if (args.some((arg) => /^-[GVQ]$/.test(arg))) return { ...nothing, floor: 'read' };
	const words = behindFlags(args, ssh);
	const rest = behindFlags(words.slice(1), ssh);
	if (rest.length > 0) return asScript(rest.join(' '), { argv: rest, floor: 'write', hazards });
	const tunnel = args.some((arg) => /^-[a-zA-Z]*N/.test(arg));
	return {
		...nothing,
		floor: 'write',
		hazards: [...hazards, { class: 'interactive', why: 'waits for a person at the keyboard' }],
		interactive: true,
		unbounded: tunnel,
	};
}

function peelXargs(args: readonly string[]): Peeled {
	const rest = behindFlags(args, xargs);
	const parallel = args.some((arg) => /^(?:-P|--max-procs)/.test(arg));
	return inside(rest.length === 0 ? ['echo'] : rest, {
		floor: 'write',
		hazards: parallel ? [{ class: 'fleet-exec', why: 'runs a command many times at once' }] : [],
	});
}

/** A package runner may fetch what it runs: at least a local write. */
function peelRunner(args: readonly string[]): Peeled {
	const call = args.findIndex((arg) => arg === '-c' || arg === '--call');
	if (call !== -1) return asScript(args[call + 1] ?? '', { floor: 'local-write' });
	const rest = behindFlags(args, ['-p', '--package', '--cache', '--python', '--from', '--spec']);
	const [first = '', ...others] = rest;
	if (first === '') return { ...nothing, floor: args.some((arg) => arg === '--version' || arg === '-v') ? 'read' : 'unknown' };
	const bare = first === 'run' ? (others[0] ?? '') : first;
	const hazards = args.slice(0, args.length - rest.length).some((arg) => arg === '-y' || arg === '--yes')
		? [{ class: 'confirmation-bypassed', why: 'fetches and runs without asking' }]
		: [];
	return inside([packageTool(bare), ...(first === 'run' ? others.slice(1) : others)], { floor: 'local-write', hazards });
}

/** `vercel@latest` → `vercel`, `@sentry/cli` → `sentry-cli`, `@convex-dev/cli` stays a stranger. */
function packageTool(name: string): string {
	const bare = name.replace(/(.)@[^/]*$/, '$1');
	const scoped: Readonly<Record<string, string>> = {
		'@sentry/cli': 'sentry-cli',
		'@railway/cli': 'railway',
		'@biomejs/biome': 'biome',
		'@lhci/cli': 'lhci',
		'@playwright/test': 'playwright',
		'@datadog/datadog-ci': 'datadog-ci',
	};
	return Object.hasOwn(scoped, bare) ? (scoped[bare] ?? bare) : bare;
}

const ownVerbs = new Set(
	`run run-script test t install i ci add remove rm uninstall update up upgrade build start stop restart publish unpublish audit outdated ls list ll why info view show pack link unlink init create config cache prune
	dedupe rebuild version versions import patch store set env root bin prefix ping whoami login logout token owner access dist-tag deprecate docs fund query search licenses sbom explain help workspace workspaces plugin
	global node deploy fetch self-update clean-install setup server pm install-test repo bugs hook org team profile completion edit explore doctor stars star find-dupes shrinkwrap tst rum urn stage recursive self constraints`.split(
		/\s+/,
	),
);

function peelManager(tool: string, args: readonly string[]): Peeled | null {
	const words = behindFlags(args, ['-C', '--prefix', '--dir', '--cwd', '-w', '--workspace', '--filter', '-F']);
	const [verb = '', ...rest] = words;
	if (/^(?:exec|dlx|x)$/.test(verb) && !(tool === 'yarn' && verb === 'x')) return peelRunner(rest);
	// `yarn vercel`, `pnpm convex deploy`: a program of the project, unless it is a verb of the manager or a script's name.
	if ((tool === 'pnpm' || tool === 'yarn') && verb !== '' && !ownVerbs.has(verb) && projectPrograms.has(verb))
		return inside(words, { floor: 'local-write' });
	return null;
}

const projectPrograms = new Set(
	wordList(`
		vercel convex supabase prisma wrangler netlify firebase sentry-cli drizzle-kit knex sequelize typeorm turbo nx lerna
		changeset tsc vitest jest playwright cypress eslint prettier biome next vite tsx ts-node node eas amplify serverless
		sls cdk railway fly stripe heroku
	`),
);

function peelSurround(args: readonly string[], verb: RegExp): Peeled | null {
	if (!verb.test(args[0] ?? '')) return null;
	const dashes = args.indexOf('--');
	const rest =
		dashes !== -1
			? args.slice(dashes + 1)
			: behindFlags(args.slice(verb.source === '^' ? 0 : 1), ['-e', '-f', '-p', '-c', '--env-file', '--project', '--config']);
	return inside(rest, { floor: 'local-write' });
}
