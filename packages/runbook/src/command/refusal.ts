import type { Hazard, Placeholder } from '../model.ts';
import type { Judgement } from './call.ts';
import { findOddCharacter } from './odd-characters.ts';
import type { ParsedScript, SimpleCommand } from './parse-script.ts';
import type { Lexed } from './token.ts';

interface Facts {
	readonly source: string;
	readonly lexed: Lexed;
	readonly parsed: ParsedScript;
	readonly judgement: Judgement;
	readonly placeholders: readonly Placeholder[];
}

/**
 * Why a command will not be run as it stands, or null when it may be asked for (rule X11). The gravest reason comes first:
 * what never runs, what would show a secret, what Markdown mangled, what is not filled in, what needs a shell, what no rule knows.
 */
export function findRefusal(facts: Facts): string | null {
	const { judgement, lexed, parsed } = facts;
	const gravest = gravestHazard(judgement);
	if (judgement.effect === 'block') return `never run from here: ${gravest?.why ?? 'it destroys'}`;
	const secret = judgement.hazards.find((hazard) => hazard.class === 'secrets-to-output');
	if (secret !== undefined) return `would show a secret: it ${secret.why}`;
	const odd = findOddCharacter(facts.source);
	if (odd !== null) return odd;
	if (lexed.unclosed !== null) return `not a whole command: ${unclosedWords[lexed.unclosed]}`;
	if (/\\\s*$/.test(facts.source)) return 'not a whole command: it ends in \\ and no line follows';
	const hollow = facts.placeholders[0];
	if (hollow !== undefined) return `placeholder not filled in: ${hollow.text}`;
	if (parsed.commands.some((command) => command.words.some((word) => word.text === '...'))) return 'something is left out: ...';
	const feature = findShellFeature(facts);
	if (feature !== null) return `needs a shell: ${feature}`;
	if (judgement.stranger !== null) return `unknown program: ${judgement.stranger}`;
	if (judgement.interactive) return 'waits for a person at the keyboard: copy it into a terminal';
	return null;
}

/** Classes whose hazards block, before those that merely come along (`runs inside a container`). */
const blocking = ['pipe-to-shell', 'file-destroy', 'sql-destroy', 'restore-over-live', 'cache-wipe', 'k8s-delete'];

function gravestHazard({ hazards }: Judgement): Hazard | undefined {
	for (const id of blocking) {
		const found = hazards.find((hazard) => hazard.class === id);
		if (found !== undefined) return found;
	}
	return (
		hazards.find((hazard) => !/^(?:privilege|fleet-exec|k8s-exec|confirmation-bypassed|unbounded|interactive)$/.test(hazard.class)) ??
		hazards[0]
	);
}

const unclosedWords: Readonly<Record<NonNullable<Lexed['unclosed']>, string>> = {
	'single quote': "a ' is not closed",
	'double quote': 'a " is not closed',
	backtick: 'a backtick is not closed',
	parenthesis: 'a parenthesis is not closed',
	brace: 'a ${ is not closed',
	heredoc: 'the text behind << has no end',
	line: 'it is longer than 10,000 characters',
	nesting: 'its substitutions are nested too deep',
};

/** The first thing that an argument vector cannot carry. Pipes and `&&`, `||`, `;` are carried by the parts; `2>&1` and `/dev/null` are harmless. */
function findShellFeature({ parsed }: Facts): string | null {
	if (parsed.features.length > 0) return parsed.features[0] ?? null;
	if (parsed.background) return backgroundWords(parsed);
	for (const command of parsed.commands) {
		if (command.words.length === 0)
			return command.env.length > 0 ? `${command.env[0]?.name} is set for the lines below` : 'a redirection without a command';
		const found = featureOf(command);
		if (found !== null) return found;
	}
	return null;
}

function backgroundWords(parsed: ParsedScript): string {
	const url = parsed.commands.some((command) => command.words.some((word) => /^https?:\/\/\S*\?/.test(word.text)));
	return url ? 'an & in a URL without quotes starts a second command' : 'a command in the background (&)';
}

function featureOf(command: SimpleCommand): string | null {
	const program = command.words[0];
	if (program !== undefined && program.expansions.length > 0) return 'the program itself is a variable';
	for (const redirection of command.redirections) {
		const target = redirection.target?.text ?? '';
		if (redirection.operator === '<<' || redirection.operator === '<<-' || redirection.operator === '<<<') return 'a text behind <<';
		if (/^(?:>&|<&)$/.test(redirection.operator) && /^(?:\d+-?|-)$/.test(target)) continue;
		if (target !== '/dev/null') return redirection.operator.startsWith('<') ? 'input from a file (<)' : 'output to a file (>)';
	}
	const words = [...command.words, ...command.env.map(({ value }) => value)];
	for (const word of words) {
		for (const expansion of word.expansions) {
			switch (expansion.kind) {
				case 'command':
					return 'a command inside the command: $(…)';
				case 'process':
					return 'a command in place of a file: <(…)';
				case 'arithmetic':
					return 'arithmetic: $((…))';
				case 'special':
					return `the shell's own $${expansion.name}`;
				case 'variable':
					if (expansion.operator) return `a variable with an operator: \${${expansion.name}…}`;
					if (words.some((other) => other.literalNames.includes(expansion.name)))
						return `$${expansion.name} stands both as a variable and as plain text`;
					break;
				default:
					expansion satisfies never;
			}
		}
		if (word.tilde) return 'the home folder (~)';
		if (word.braces) return 'a list in braces: {a,b}';
		// A `?` in a URL is part of its query; curl and the like get it as it stands.
		if (word.glob && !/^https?:\/\/[^*[\]]*$/.test(word.text)) return 'a wildcard for file names';
	}
	if (
		/^(?:export|set|cd|pushd|popd|source|\.|alias|unset|ulimit|umask|trap|eval|exec|shopt|declare|local|exit|return|read|wait|:)$/.test(
			program?.text ?? '',
		)
	)
		return `${program?.text} acts on the shell itself`;
	return null;
}
