import type { CommandPart } from '../model.ts';
import type { Expansion, Operator, Redirection, Token, Word } from './token.ts';

/** One simple command as written: assignments, words, redirections, and what joins it to the one before. */
export interface SimpleCommand {
	readonly env: readonly { readonly name: string; readonly value: Word }[];
	readonly words: readonly Word[];
	readonly redirections: readonly Redirection[];
	readonly operator: CommandPart['operator'];
}

export interface ParsedScript {
	readonly commands: readonly SimpleCommand[];
	/** Expansions of words that belong to no command: the list of a `for`, the subject of a `case`. */
	readonly loose: readonly Expansion[];
	/** Features of the shell that an argument vector cannot carry, in order of appearance, each once. */
	readonly features: readonly string[];
	/** Variables that a `for` or `select` sets. */
	readonly loopNames: readonly string[];
	/** Something is sent to the background with `&`. */
	readonly background: boolean;
	/** `while true`, `for ((;;))`. */
	readonly endless: boolean;
}

const openers = new Set(['if', 'while', 'until', 'then', 'elif', 'else', 'do', '{', '!']);
const closers = new Set(['fi', 'done', 'esac', '}']);
const heads = new Set(['for', 'select', 'case', 'function']);

/** Groups the tokens of one logical line into simple commands; keywords of blocks are taken off and noted (rule X7). */
export function parseScript(tokens: readonly Token[]): ParsedScript {
	const commands: SimpleCommand[] = [];
	const loose: Expansion[] = [];
	const features = new Set<string>();
	const loopNames: string[] = [];
	let endless = false;
	let background = false;
	let operator: CommandPart['operator'] = null;
	let words: Word[] = [];
	let env: { name: string; value: Word }[] = [];
	let redirections: Redirection[] = [];
	/** Inside the head of a `for`, `select`, `case` or `function`: its words are no command. */
	let head: string | null = null;
	let afterLoop = false;

	const finish = (next: CommandPart['operator']) => {
		if (head !== null) {
			if ((head === 'for' || head === 'select') && words[0] !== undefined) loopNames.push(words[0].text);
			for (const word of words) loose.push(...word.expansions);
		} else if (words.length > 0 || env.length > 0 || redirections.length > 0) {
			if (afterLoop && words.length === 1 && /^(?:true|:|1)$/.test((words[0] as Word).text)) endless = true;
			commands.push({ env, words, redirections, operator: commands.length === 0 ? null : (operator ?? ';') });
			operator = next;
		}
		words = [];
		env = [];
		redirections = [];
		head = null;
		afterLoop = false;
		if (commands.length > 0 && next !== null) operator = next;
	};

	for (const token of tokens) {
		if (token.kind === 'comment') continue;
		if (token.kind === 'redirection') {
			redirections.push(token);
			continue;
		}
		if (token.kind === 'operator') {
			const text = token.text;
			if (text === '&') background = true;
			if (text === '(' || text === ')') {
				if (text === '(' && head === 'for') endless ||= isEndlessFor(tokens, token);
				features.add(text === '(' && words.length > 0 && head === null ? 'a function or a stray parenthesis' : 'a subshell');
				// `name()` opens a function, `pattern)` a branch of a case: neither is a command.
				if (words.length > 0 && head === null) words = [];
				finish(';');
			} else finish(joining(text));
			continue;
		}
		const atStart = words.length === 0 && env.length === 0 && head === null;
		if (atStart && !token.quoted) {
			if (openers.has(token.text)) {
				features.add(token.text === '!' ? 'an inverted outcome (!)' : 'a block (if, while, …)');
				afterLoop = token.text === 'while';
				continue;
			}
			if (closers.has(token.text)) {
				features.add('a block (if, while, …)');
				continue;
			}
			if (heads.has(token.text)) {
				features.add(token.text === 'function' ? 'a function or a stray parenthesis' : 'a loop or a case');
				head = token.text;
				continue;
			}
		}
		if (head === 'case' && token.text === 'in' && !token.quoted) {
			finish(';');
			continue;
		}
		const assignment = words.length === 0 && head === null ? readAssignment(token) : null;
		if (assignment !== null) env.push(assignment);
		else words.push(token);
	}
	finish(null);
	return { commands, loose, features: [...features], loopNames, background, endless };
}

function joining(text: Operator['text']): CommandPart['operator'] {
	switch (text) {
		case '|':
		case '|&':
			return '|';
		case '&&':
		case '||':
		case '&':
			return text;
		case ';':
		case ';;':
		case '\n':
		case '(':
		case ')':
			return ';';
		default:
			return text satisfies never;
	}
}

function isEndlessFor(tokens: readonly Token[], from: Operator): boolean {
	const next = tokens.slice(tokens.indexOf(from), tokens.indexOf(from) + 5).map((token) => (token.kind === 'operator' ? token.text : 'w'));
	return next.join('') === '((;;))' || next.join('').startsWith('((;;');
}

function readAssignment(word: Word): { name: string; value: Word } | null {
	const match = /^([A-Za-z_]\w*)\+?=/.exec(word.bare);
	if (match === null) return null;
	return { name: match[1] as string, value: { ...word, text: word.text.slice(match[0].length) } };
}
