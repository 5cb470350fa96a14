import type { Command, CommandKind, Effect } from '../model.ts';
import { worstEffect } from './effect.ts';
import { readLanguage } from './fence-language.ts';
import { type FenceLine, splitFence } from './fence-lines.ts';
import { judgeRequest } from './hazard/http.ts';
import { judgeRedis } from './hazard/redis.ts';
import { splitSql } from './hazard/sql-statement.ts';
import { type Shape, shapeOf } from './line-shape.ts';
import { readCommand, readSqlCommand } from './read-command.ts';

export interface FenceComment {
	/** Without `#` and without its number. */
	readonly text: string;
	readonly line: number;
	/** Of "# 1. …", "# Step 2: …"; null for others and for comments behind a command. */
	readonly ordinal: number | null;
}

export interface FenceReading {
	readonly kind: CommandKind;
	/** Syntax only: holds at least one shell command (counting rule R4). */
	readonly runnable: boolean;
	readonly commentOnly: boolean;
	/** Why it is not run as it stands: of the first command that is refused, or of the whole. */
	readonly refused: string | null;
	readonly effect: Effect;
	readonly commands: readonly Command[];
	readonly comments: readonly FenceComment[];
	/** Lines that show what commands print: sample output. */
	readonly output: readonly { readonly text: string; readonly line: number }[];
}

/**
 * Reads a code fence (rules X1 to X12): which of its lines are commands, what they would do, and why they are refused.
 *
 * @param lang first word of the info string, in any case, possibly empty
 * @param content lines between the fence's own
 * @param firstLine 1-based line in the file of the content's first line
 */
export function readFence(lang: string, content: string, firstLine: number): FenceReading {
	const language = readLanguage(lang);
	if (language !== null && !language.shell) return readForeign(language.kind, lang, content, firstLine);
	const tagged = language !== null;
	const lines = splitFence(content, tagged, language?.console ?? false);
	const comments = lines.flatMap((line) => (line.kind === 'comment' ? [readComment(line, firstLine)] : []));
	const output = lines.flatMap((line) => (line.kind === 'output' ? [{ text: line.text, line: line.line + firstLine }] : []));
	const shell = lines.some((line) => line.kind === 'command');
	const transcript = lines.some((line) => line.kind === 'command' && line.prompted) || (language?.console ?? false);
	const commands = readCommands(lines, comments, { firstLine, shell, kind: transcript ? 'console' : 'shell' });
	const shared = { commands, comments, output };
	if (shell) {
		return {
			...shared,
			kind: transcript ? 'console' : 'shell',
			runnable: true,
			commentOnly: false,
			refused: commands.find((one) => one.refused !== null)?.refused ?? null,
			effect: worstEffect(commands.map((one) => one.effect)),
		};
	}
	const rest = lines.filter((line) => line.kind !== 'comment');
	if (rest.length === 0) {
		const empty = comments.length === 0;
		return {
			...shared,
			kind: tagged ? 'shell' : 'other',
			runnable: false,
			commentOnly: !empty,
			refused: empty ? 'empty: nothing to run' : 'only comments: nothing to run',
			effect: 'output',
		};
	}
	if (commands.length > 0) {
		return {
			...shared,
			kind: 'sql',
			runnable: false,
			commentOnly: false,
			refused: commands[0]?.refused ?? null,
			effect: worstEffect(commands.map((one) => one.effect)),
		};
	}
	if (rest.every((line) => line.kind === 'assignment')) {
		return {
			...shared,
			kind: 'config',
			runnable: false,
			commentOnly: false,
			refused: 'only settings (NAME=value): nothing to run',
			effect: 'template',
		};
	}
	const shape = commonShape(rest);
	return {
		...shared,
		kind: kindOf(shape),
		runnable: false,
		commentOnly: false,
		refused: `no shell command: looks like ${shapeWords[shape]}`,
		effect: effectOf(shape),
	};
}

function readCommands(
	lines: readonly FenceLine[],
	comments: readonly FenceComment[],
	place: { firstLine: number; shell: boolean; kind: CommandKind },
): readonly Command[] {
	const commands: Command[] = [];
	let above: string | null = null;
	let index = 0;
	for (const line of lines) {
		const at = line.line + place.firstLine;
		if (line.kind === 'comment') {
			const comment = comments[index];
			index += 1;
			if (!line.trailing) above = comment?.text ?? null;
			continue;
		}
		if (line.kind === 'command') commands.push(readCommand(line.source, { line: at, label: above, kind: place.kind }));
		else if (line.kind === 'assignment' && place.shell)
			commands.push(readCommand(line.source, { line: at, label: above, kind: place.kind }));
		else if (line.kind === 'sql') commands.push(readSqlCommand(line.source, { line: at, label: above }));
		else if (line.kind === 'redis') commands.push(readRedisCommand(line.source, at, above));
		above = null;
	}
	return commands;
}

/** What is typed into a Redis client: judged and shown, not run from here. */
function readRedisCommand(source: string, line: number, label: string | null): Command {
	const judgement = judgeRedis(source.split(/\s+/));
	const command = readSqlCommand('', { line, label });
	return {
		...command,
		kind: 'other',
		source,
		effect: judgement.effect,
		hazards: judgement.hazards,
		unbounded: judgement.unbounded,
		refused:
			judgement.effect === 'block'
				? `never run from here: ${judgement.hazards[0]?.why ?? 'it destroys data'}`
				: 'typed into a client: copy it there',
	};
}

/** Numbers at the start of a comment: "1. Is it up?", "Step 2: …", "3) …" (rule X8). */
function readComment(line: Extract<FenceLine, { kind: 'comment' }>, firstLine: number): FenceComment {
	const numbered = line.trailing
		? null
		: (/^(?:step|phase|stage|part)?\s*#?(\d{1,2})(?:[.):]|\s*[-–—])\s*(?=\S)/i.exec(line.text) ??
			/^(?:step|phase|stage)\s+(\d{1,2})\s+(?=\S)/i.exec(line.text));
	const text = numbered === null ? line.text : line.text.slice(numbered[0].length);
	return { text: text.trim(), line: line.line + firstLine, ordinal: numbered === null ? null : Number(numbered[1]) };
}

const foreignEffects: Readonly<Record<CommandKind, Effect>> = {
	shell: 'unknown',
	console: 'unknown',
	sql: 'unknown',
	http: 'read',
	promql: 'read',
	template: 'template',
	output: 'output',
	config: 'template',
	// Code of a program: what it would do is not known here.
	other: 'unknown',
};

function readForeign(kind: CommandKind, lang: string, content: string, firstLine: number): FenceReading {
	const shared = { kind, runnable: false, commentOnly: false, comments: [], output: [] };
	if (kind === 'sql') {
		const commands = sqlStatements(content, firstLine);
		return {
			...shared,
			commands,
			refused: commands[0]?.refused ?? 'no shell command: SQL',
			effect: commands.length === 0 ? 'output' : worstEffect(commands.map((one) => one.effect)),
		};
	}
	const refused = `no shell command: tagged as ${lang.trim().toLowerCase()}`;
	if (kind === 'http') {
		const request = /^\s*([A-Z]+)\s+(\S+)/m.exec(content);
		const effect =
			request === null ? 'template' : judgeRequest(request[1] as string, /\n\s*\n\s*\S/.test(content), [request[2] as string]).effect;
		return { ...shared, commands: [], refused, effect };
	}
	return { ...shared, commands: [], refused, effect: foreignEffects[kind] };
}

/** Statements of a SQL fence, each with the line where it starts. */
function sqlStatements(content: string, firstLine: number): readonly Command[] {
	const commands: Command[] = [];
	let start = 0;
	const lines = content.split('\n');
	for (let index = 0; index < lines.length; index += 1) {
		const text = lines.slice(start, index + 1).join('\n');
		const ends = index === lines.length - 1 || (/;\s*(?:--.*)?$/.test(lines[index] as string) && isWhole(text));
		if (!ends) continue;
		const lead = /^(?:\s*(?:--.*)?\n)*/.exec(text)?.[0] ?? '';
		if (splitSql(text).length > 0)
			commands.push(
				readSqlCommand(text.slice(lead.length).trim(), { line: firstLine + start + lead.split('\n').length - 1, label: lastComment(lead) }),
			);
		start = index + 1;
	}
	return commands;
}

/** False inside an open string or dollar quote: its semicolons end nothing. */
function isWhole(text: string): boolean {
	return (text.match(/'/g)?.length ?? 0) % 2 === 0 && (text.match(/\$\w*\$/g)?.length ?? 0) % 2 === 0;
}

function lastComment(lead: string): string | null {
	return (
		lead
			.split('\n')
			.findLast((line) => line.trim().startsWith('--'))
			?.replace(/^\s*--\s*/, '')
			.trim() ?? null
	);
}

const shapeWords: Readonly<Record<Shape, string>> = {
	log: 'a log',
	json: 'JSON',
	yaml: 'YAML or a list',
	config: 'a configuration file',
	table: 'a table that a command printed',
	diagram: 'a diagram',
	promql: 'PromQL',
	sql: 'SQL',
	http: 'an HTTP exchange',
	code: 'program code',
	prose: 'text',
};

function commonShape(lines: readonly FenceLine[]): Shape {
	const counts = new Map<Shape, number>();
	for (const line of lines) {
		const shape = line.kind === 'output' ? (line.shape ?? shapeOf(line.text) ?? 'prose') : line.kind === 'assignment' ? 'config' : 'prose';
		counts.set(shape, (counts.get(shape) ?? 0) + 1);
	}
	let best: Shape = 'prose';
	for (const [shape, count] of counts) if (count > (counts.get(best) ?? 0) || (best === 'prose' && count * 3 >= lines.length)) best = shape;
	return best;
}

function kindOf(shape: Shape): CommandKind {
	switch (shape) {
		case 'log':
		case 'table':
			return 'output';
		case 'json':
		case 'yaml':
		case 'config':
			return 'config';
		case 'promql':
			return 'promql';
		case 'sql':
			return 'sql';
		case 'http':
			return 'http';
		case 'diagram':
		case 'prose':
		case 'code':
			return 'other';
		default:
			return shape satisfies never;
	}
}

/** What is no command changes nothing; program code might. */
function effectOf(shape: Shape): Effect {
	if (shape === 'code') return 'unknown';
	return shape === 'promql' ? 'read' : shape === 'json' || shape === 'yaml' || shape === 'config' ? 'template' : 'output';
}
