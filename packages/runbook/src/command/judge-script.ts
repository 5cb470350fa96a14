import type { CommandPart, Hazard } from '../model.ts';
import { atLeast, type Judgement, judged, type Stdin, together } from './call.ts';
import { judgeTargets } from './hazard/file-destroy.ts';
import { bypassesConfirmation, credentialInArguments, raiseForBypass, secretInArguments, steersPrograms } from './hazard/general.ts';
import { isCmdlet, judgeCmdlet } from './hazard/powershell.ts';
import { isSecretFile } from './hazard/secrets.ts';
import { type ParsedScript, parseScript, type SimpleCommand } from './parse-script.ts';
import { type Peeled, peelWrapper } from './peel-wrapper.ts';
import type { Expansion, Redirection } from './token.ts';
import { tokenize } from './tokenize.ts';
import { familyOf } from './tool-families.ts';

/** Commands inside commands are followed this deep; beyond that they are unknown. */
const deepest = 6;

const noInput: Stdin = { kind: 'none' };

export interface JudgedScript {
	readonly parts: readonly CommandPart[];
	readonly judgement: Judgement;
	readonly parsed: ParsedScript;
}

/**
 * Judges one argument vector: wrappers taken off, the tool's family asked, general hazards added (rules E1 to E27).
 * What no rule knows is `unknown`, with its name in `stranger`.
 *
 * @param argv program and arguments, quotes already removed
 * @param stdin what it reads from, when that is known
 */
export function classifyCommand(argv: readonly string[], stdin: Stdin = noInput, depth = 0): Judgement {
	if (argv.length === 0) return judged('output');
	if (depth > deepest) return judged('unknown');
	const [program = '', ...args] = argv;
	// `xargs FOO=bar rm`: what stands behind an assignment is judged all the same.
	if (/^[A-Za-z_]\w*=/.test(program)) return together([judged('unknown'), classifyCommand(args, stdin, depth + 1)]);
	const tool = toolName(program);
	const general = judgeGenerally(tool, args);
	const peeled = peelWrapper(tool, args, stdin.kind === 'pipe' || stdin.kind === 'file');
	if (peeled !== null) {
		const inner = judgePeeled(peeled, stdin, depth);
		const own: Judgement = {
			...judged(peeled.floor),
			hazards: peeled.hazards,
			interactive: peeled.interactive,
			unbounded: peeled.unbounded,
		};
		return together([own, inner, general]);
	}
	const family = isOwnProgram(program) ? undefined : familyOf(tool);
	if (family === undefined) return together([judgeStranger(program, tool, args), general]);
	const judgement = family.judge({
		tool,
		args,
		stdin,
		inner: (inner) => classifyCommand(inner, noInput, depth + 1),
		script: (text) => judgeScript(text, depth + 1).judgement,
	});
	if (!bypassesConfirmation(tool, args)) return together([judgement, general]);
	const { effect, hazard } = raiseForBypass(judgement.effect);
	return together([{ ...judgement, effect, hazards: hazard === null ? judgement.hazards : [...judgement.hazards, hazard] }, general]);
}

function judgePeeled(peeled: Peeled, stdin: Stdin, depth: number): Judgement {
	switch (peeled.kind) {
		case 'argv':
			return classifyCommand(peeled.argv, stdin, depth + 1);
		case 'script':
			return together([judgeScript(peeled.text, depth + 1).judgement, classifyCommand(peeled.argv, noInput, depth + 1)]);
		case 'none':
			return judged('output');
		default:
			return peeled.kind satisfies never;
	}
}

/** Judges shell text: every simple command in it, substitutions and redirections included. The worst counts. */
export function judgeScript(text: string, depth = 0): JudgedScript {
	const lexed = tokenize(text);
	const parsed = parseScript(lexed.tokens);
	if (depth > deepest) return { parts: [], judgement: judged('unknown'), parsed };
	const parts: CommandPart[] = [];
	const judgements: Judgement[] = [judgeExpansions(parsed.loose, depth)];
	let before: readonly string[] = [];
	for (const command of parsed.commands) {
		const argv = command.words.map((word) => word.text);
		const judgement = judgeSimple(command, argv, before, depth);
		parts.push({
			argv,
			env: Object.fromEntries(command.env.map(({ name, value }) => [name, value.text])),
			operator: command.operator,
			effect: judgement.effect,
		});
		judgements.push(judgement);
		before = argv;
	}
	if (parsed.endless) judgements.push(judged('read', { unbounded: true }));
	if (
		parsed.features.includes('a loop or a case') &&
		judgements.some((one) => one.hazards.some((hazard) => hazard.class === 'fleet-exec'))
	) {
		judgements.push(judged('write', { class: 'fleet-exec', why: 'runs on one machine after the other' }));
	}
	if (lexed.unclosed !== null) judgements.push(judged('unknown'));
	return { parts, judgement: together(judgements), parsed };
}

function judgeSimple(command: SimpleCommand, argv: readonly string[], before: readonly string[], depth: number): Judgement {
	const stdin = stdinOf(command, before);
	const expansions = [
		...command.words.flatMap((word) => word.expansions),
		...command.env.flatMap(({ value }) => value.expansions),
		...command.redirections.flatMap((one) => one.target?.expansions ?? []),
	];
	const judgements = [classifyCommand(argv, stdin, depth), judgeExpansions(expansions, depth), judgeRedirections(command.redirections)];
	if (command.env.some(({ name }) => steersPrograms(name)) && argv.length > 0)
		judgements.push(judged('unknown', { class: 'shell-script', why: 'sets a variable that decides which program runs' }));
	return together(judgements);
}

function stdinOf(command: SimpleCommand, before: readonly string[]): Stdin {
	const input = command.redirections.findLast((one) => (one.fd === null || one.fd === 0 ? /^<(?:<-?|<<|>)?$/.test(one.operator) : false));
	if (input !== undefined) {
		if (input.body !== null) return { kind: 'text', text: input.body };
		if (input.operator === '<<<') return { kind: 'text', text: input.target?.text ?? '' };
		return input.target?.text === '/dev/null' ? { kind: 'text', text: '' } : { kind: 'file', path: input.target?.text ?? '' };
	}
	return command.operator === '|' ? { kind: 'pipe', from: before } : noInput;
}

function judgeExpansions(expansions: readonly Expansion[], depth: number): Judgement {
	return together(
		expansions.flatMap((one) =>
			one.kind === 'command' || one.kind === 'process'
				? [judgeScript(one.inner, depth + 1).judgement]
				: one.kind === 'arithmetic' || one.kind === 'special'
					? []
					: [],
		),
	);
}

function judgeRedirections(redirections: readonly Redirection[]): Judgement {
	const written = redirections.filter(
		(one) => /^(?:>|>>|>\||&>|&>>|<>)$/.test(one.operator) || (one.operator === '>&' && !/^(?:\d+-?|-)$/.test(one.target?.text ?? '')),
	);
	const shown = redirections.some((one) => one.operator === '<' && isSecretFile(one.target?.text ?? ''));
	return together([
		judgeTargets(written.map((one) => one.target?.text ?? '')),
		...(shown ? [judged('read', { class: 'secrets-to-output', why: 'reads a file that holds secrets' })] : []),
	]);
}

function judgeGenerally(tool: string, args: readonly string[]): Judgement {
	const hazards: Hazard[] = [];
	const secret = secretInArguments(args);
	const credential = credentialInArguments(tool, args);
	if (secret !== null) hazards.push(secret);
	if (credential !== null) hazards.push(credential);
	return { ...judged('output'), hazards };
}

function judgeStranger(program: string, tool: string, args: readonly string[]): Judgement {
	if (isCmdlet(tool)) return judgeCmdlet(tool, args);
	if (isOwnProgram(program)) return judged('unknown', { class: 'shell-script', why: 'runs a program of your own, which no rule knows' });
	return { ...atLeast(judged('unknown'), 'unknown'), stranger: program };
}

/** Base name in lower case: `/usr/bin/RM` is `rm`, `curl.exe` is `curl`. */
export function toolName(program: string): string {
	return program
		.replace(/^.*[/\\]/, '')
		.toLowerCase()
		.replace(/\.exe$/, '');
}

/** `./x`, `scripts/x.sh`, `x.py`: a program of the team's own. System folders are not. */
export function isOwnProgram(program: string): boolean {
	if (/^\/(?:usr\/(?:local\/)?)?s?bin\/[^/]+$|^\/opt\/homebrew\/bin\/[^/]+$/.test(program)) return false;
	if (/(?:^|\/)node_modules\/\.bin\/[^/]+$|(?:^|\/)\.?venv\/bin\/[^/]+$/.test(program)) return false;
	return (
		program.includes('/') ||
		(/\.(?:sh|bash|zsh|py|rb|pl|js|mjs|cjs|ts|ps1|bat|cmd)$/i.test(program) && familyOf(toolName(program)) === undefined)
	);
}
