import type { Command } from '../model.ts';
import { readCurl } from './hazard/read-curl.ts';
import { readArgs } from './read-args.ts';

type Shape = (args: readonly string[]) => boolean;

/**
 * True only for a command whose argument vector has one of the listed shapes of pure reads (rule E31). Everything else is
 * denied: whatever is refused, not filled in, hazardous, unbounded or interactive, holds a variable or an assignment,
 * is more than one command, or has a flag that its shape does not list.
 *
 * The list is about the command alone; which hosts may be reached is checked by whoever sends the request.
 */
export function mayRunUnattended(command: Command): boolean {
	if (command.kind !== 'shell' && command.kind !== 'console') return false;
	if (command.refused !== null || command.effect !== 'read' || command.interactive || command.unbounded) return false;
	if (command.placeholders.length > 0 || command.hazards.length > 0 || command.variables.length > 0) return false;
	const [part, ...others] = command.parts;
	if (part === undefined || others.length > 0 || part.effect !== 'read') return false;
	if (Object.keys(part.env).length > 0 || Object.keys(command.env).length > 0) return false;
	// Output thrown away or joined is harmless, but it is not what the shapes describe.
	if (/[<>|&;`\n\\]|\$\(/.test(command.source.replace(/"[^"]*"|'[^']*'/g, ''))) return false;
	const [tool = '', ...args] = part.argv;
	if (args.some((arg) => /\p{Cc}/u.test(arg))) return false;
	return Object.hasOwn(shapes, tool) && (shapes[tool]?.(args) ?? false);
}

const shapes: Readonly<Record<string, Shape>> = {
	curl: isPlainCurl,
	dig: (args) =>
		args.length > 0 &&
		args.every((arg) =>
			/^(?:\+(?:short|trace|noall|answer|stats|tcp|dnssec|time=\d|tries=\d)|@[\w.:-]+|-[46]|-x|[A-Z]{1,10}|[\w.:-]+)$/.test(arg),
		) &&
		!args.some((arg) => arg.startsWith('-f') || arg.startsWith('-k')),
	host: (args) =>
		args.length > 0 &&
		args.every((arg) => isFlag(arg, /^-(?:a|4|6|t)$/) || /^[\w.:-]+$/.test(arg)) &&
		!args.some((arg) => /^-[^a46t]/.test(arg)),
	nslookup: (args) =>
		args.length > 0 && args.length < 4 && args.every((arg) => /^(?:-type=[a-zA-Z]+|-query=[a-zA-Z]+|[\w.:][\w.:-]*)$/.test(arg)),
	ping: (args) => args.length === 3 && args[0] === '-c' && /^(?:[1-9]|10)$/.test(args[1] ?? '') && /^[\w.:][\w.:-]*$/.test(args[2] ?? ''),
	git: isPlainGit,
	gh: isPlainGh,
	df: flagsOnly(/^-[hHTiklPa]+$/),
	free: flagsOnly(/^-[hbkmgtw]+$/),
	uptime: flagsOnly(/^-[ps]$/),
	nproc: flagsOnly(/^--all$/),
	uname: flagsOnly(/^-[asnrvmo]+$/),
	date: (args) => args.every((arg) => arg === '-u' || /^\+[%\w:. -]+$/.test(arg)),
	whoami: flagsOnly(/^$/),
	id: flagsOnly(/^-[ugn]+$/),
	pwd: flagsOnly(/^$/),
	systemctl: (args) => /^(?:is-active|is-enabled|is-failed)$/.test(args[0] ?? '') && args.length === 2 && /^[\w.@-]+$/.test(args[1] ?? ''),
	docker: isPlainDocker,
	kubectl: isPlainKubectl,
	node: onlyVersion,
	npm: onlyVersion,
	python3: onlyVersion,
	psql: onlyVersion,
	terraform: onlyVersion,
};

function isFlag(arg: string, allowed: RegExp): boolean {
	return arg.startsWith('-') && allowed.test(arg);
}

function flagsOnly(allowed: RegExp): Shape {
	return (args) => args.every((arg) => arg !== '' && allowed.test(arg));
}

function onlyVersion(args: readonly string[]): boolean {
	return args.length === 1 && args[0] === '--version';
}

const curlFlags = new Set([
	'--fail',
	'--fail-with-body',
	'--head',
	'--include',
	'--silent',
	'--show-error',
	'--ipv4',
	'--ipv6',
	'--compressed',
	'--http1.1',
	'--http2',
	'--globoff',
	'--progress-bar',
	'--verbose',
	'--no-buffer',
	'--get',
]);
const curlHeaders =
	/^(?:accept|accept-language|accept-encoding|cache-control|pragma|user-agent|origin|if-none-match|if-modified-since|x-request-id)\s*:/i;

/** GET or HEAD of web addresses: no body, no file, no credentials, no redirects followed, no header that carries authority. */
function isPlainCurl(args: readonly string[]): boolean {
	const request = readCurl(args);
	if (
		!/^(?:GET|HEAD)$/.test(request.method) ||
		request.sendsBody ||
		request.outputs.length > 0 ||
		request.opaque.length > 0 ||
		request.credentials.length > 0
	)
		return false;
	if (request.urls.length === 0 || !request.urls.every(isPlainUrl)) return false;
	return request.flags.every(({ name, value }) => {
		if (curlFlags.has(name)) return value === null && name !== '--get';
		switch (name) {
			case '--request':
				return value === 'GET' || value === 'HEAD';
			case '--header':
				return value !== null && curlHeaders.test(value);
			case '--user-agent':
				return value !== null && !value.startsWith('@');
			case '--max-time':
			case '--connect-timeout':
			case '--retry':
				return value !== null && /^\d{1,3}(?:\.\d+)?$/.test(value);
			case '--output':
				return value === '/dev/null';
			case '--write-out':
				return value !== null && /^[^@]/.test(value) && !/%output\{|%\{stderr\}/.test(value);
			default:
				return false;
		}
	});
}

/** http or https with a host, or a bare host and path; no user part, no curl globs, no control characters. */
function isPlainUrl(url: string): boolean {
	return /^(?:https?:\/\/)?[a-z0-9.-]+\.[a-z0-9-]+(?::\d{1,5})?(?:[/?#][\w\-.~!$&'()*+,;=:@%/?#]*)?$/i.test(url) && !url.startsWith('-');
}

const gitFlags: Readonly<Record<string, RegExp>> = {
	log: /^(?:-\d{1,4}|-n|--oneline|--graph|--decorate|--stat|--shortstat|--name-only|--name-status|--no-merges|--merges|--all|--first-parent|--reverse|--(?:since|until|after|before|author|max-count|format|pretty|date|abbrev)(?:=.*)?|--abbrev-commit|--no-color|--no-pager)$/,
	status: /^(?:-s|-sb|-b|--short|--branch|--porcelain(?:=v\d)?)$/,
	'rev-parse': /^(?:--short(?:=\d+)?|--abbrev-ref|--verify|--show-toplevel|--is-inside-work-tree)$/,
	describe: /^(?:--tags|--always|--dirty|--long|--abbrev(?:=\d+)?)$/,
	diff: /^(?:--stat|--shortstat|--name-only|--name-status|--cached|--staged|--no-color|--no-ext-diff|--quiet)$/,
	show: /^(?:--stat|--name-only|--name-status|--no-patch|-s|--format(?:=.*)?|--pretty(?:=.*)?|--oneline|--no-color|--no-ext-diff)$/,
	branch: /^(?:-a|-r|-v|-vv|--list|--show-current|--all|--remotes)$/,
	tag: /^(?:--list|-n\d*)$/,
	'ls-files': /^(?:-m|-o|-d|--modified|--others|--exclude-standard)$/,
	shortlog: /^(?:-s|-n|-sn|-e|-sne)$/,
	version: /^$/,
};
const gitBare = new Set(['branch', 'tag', 'version']);

function isPlainGit(args: readonly string[]): boolean {
	const rest = args[0] === '--no-pager' ? args.slice(1) : args;
	const [verb = '', ...others] = rest;
	if (others.length === 0 && verb === '--version') return true;
	if (!Object.hasOwn(gitFlags, verb)) return false;
	const allowed = gitFlags[verb] as RegExp;
	const listing = others.includes('--list');
	// Contents of files may hold secrets: only their names and figures are shown by themselves.
	if (
		(verb === 'show' || verb === 'diff') &&
		!others.some((arg) => /^(?:--stat|--shortstat|--name-only|--name-status|--no-patch|-s|--quiet)$/.test(arg))
	)
		return false;
	for (const [index, arg] of others.entries()) {
		if (arg === '--') continue;
		if (arg.startsWith('-')) {
			if (!allowed.test(arg) || /%x00|%\(trailers/.test(arg)) return false;
		} else if (!/^[\w@{}^~./*+ ,-]+$/.test(arg)) return false;
		else if (gitBare.has(verb) && !listing) return false;
		else if (others[index - 1] === '-n' && !/^\d+$/.test(arg)) return false;
	}
	return true;
}

function isPlainGh(args: readonly string[]): boolean {
	const [noun = '', verb = ''] = args;
	if (
		!/^(?:run list|run view|pr list|pr view|pr status|pr checks|pr diff|release list|release view|issue list|issue view|workflow list|repo view)$/.test(
			`${noun} ${verb}`,
		)
	)
		return false;
	return args
		.slice(2)
		.every(
			(arg) =>
				/^(?:[\w./@#-]*[\w])$/.test(arg) &&
				(!arg.startsWith('-') ||
					/^(?:--limit|-L|--state|-s|--branch|-b|--json|--status|--workflow|-w|--log-failed|--repo|-R|--author)$/.test(arg)),
		);
}

function isPlainDocker(args: readonly string[]): boolean {
	const rest = args[0] === 'compose' ? args.slice(1) : args;
	const [verb = '', ...others] = rest;
	if (verb === 'logs') {
		const flags = readArgs(others, ['--tail', '-n', '--since', '--until']);
		return (
			/^\d{1,4}$/.test(flags.value('--tail', '-n') ?? '') &&
			others.every((arg) =>
				/^(?:--tail(?:=\d+)?|-n|--since(?:=[\w:.-]+)?|--until(?:=[\w:.-]+)?|-t|--timestamps|--no-color|[\w][\w.:-]*)$/.test(arg),
			)
		);
	}
	if (verb === 'version') return others.length === 0;
	return (verb === 'ps' || verb === 'images') && others.every((arg) => /^(?:-a|--all|-q|--quiet|-s|--services|[a-z][\w-]*)$/.test(arg));
}

const kubectlKinds =
	/^(?:po|pods?|no|nodes?|deploy|deployments?|svc|services?|ing|ingress(?:es)?|ev|events?|ns|namespaces?|jobs?|cj|cronjobs?|hpa|pvc|pv|sts|statefulsets?|ds|daemonsets?|rs|replicasets?|ep|endpoints)(?:\/[\w.-]+)?$/;

function isPlainKubectl(args: readonly string[]): boolean {
	const [verb = '', kind = '', ...others] = args.filter((arg) => arg !== '');
	if (verb === 'version' || verb === 'cluster-info') return args.length === 1;
	if (verb !== 'get' || !kubectlKinds.test(kind)) return false;
	return others.every((arg, index) => {
		if (/^(?:-n|--namespace|-l|--selector|-o)$/.test(arg)) return true;
		if (/^(?:-A|--all-namespaces|--no-headers|--show-labels|-owide|-oname|--output=(?:wide|name))$/.test(arg)) return true;
		if (others[index - 1] === '-o') return arg === 'wide' || arg === 'name';
		return /^[\w][\w.=,/-]*$/.test(arg);
	});
}
