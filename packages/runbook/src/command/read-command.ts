import type { Command, CommandKind, CommandPart, Hazard, Placeholder } from '../model.ts';
import { together } from './call.ts';
import { worstEffect } from './effect.ts';
import { findPlaceholders } from './find-placeholders.ts';
import { credentialIn } from './hazard/general.ts';
import { judgeSql } from './hazard/sql-statement.ts';
import { judgeScript } from './judge-script.ts';
import { maskAngles, unmaskAngles } from './mask-angles.ts';
import { findOddCharacter } from './odd-characters.ts';
import type { ParsedScript } from './parse-script.ts';
import { findRefusal } from './refusal.ts';
import { tokenize } from './tokenize.ts';

export interface CommandPlace {
	readonly line: number;
	readonly label: string | null;
	readonly kind: CommandKind;
}

/** Reads one logical line of shell into a command: argument vectors, effect, hazards, and why it is refused (rules X6 to X11). */
export function readCommand(source: string, place: CommandPlace): Command {
	const placeholders = commandPlaceholders(source);
	const masked = maskAngles(source, placeholders);
	const lexed = tokenize(masked);
	const judged = judgeScript(masked);
	const { judgement, parsed } = judged;
	const parts = judged.parts.map(unmaskPart);
	const hazards = [...judgement.hazards, ...textHazards(source, placeholders, judgement.hazards)];
	const first = parts[0];
	return {
		kind: place.kind,
		source,
		line: place.line,
		argv: first?.argv ?? [],
		env: first?.env ?? {},
		variables: variablesOf(parsed),
		placeholders,
		parts,
		effect: worstEffect([judgement.effect, ...parts.map((part) => part.effect)]),
		hazards,
		refused: findRefusal({ source, lexed, parsed, judgement, placeholders }),
		interactive: judgement.interactive,
		unbounded: judgement.unbounded,
		label: place.label,
	};
}

/** Reads one SQL statement that stands in a fence: judged, shown, never run from the document. */
export function readSqlCommand(source: string, place: Omit<CommandPlace, 'kind'>): Command {
	const judgement = together([judgeSql(source)]);
	const placeholders = findPlaceholders(source);
	return {
		kind: 'sql',
		source,
		line: place.line,
		argv: [],
		env: {},
		variables: [],
		placeholders,
		parts: [],
		effect: judgement.effect,
		hazards: [...judgement.hazards, ...textHazards(source, placeholders, judgement.hazards)],
		refused:
			judgement.effect === 'block'
				? `never run from here: ${judgement.hazards[0]?.why ?? 'it destroys data'}`
				: 'SQL is not run from the document: copy it into a client',
		interactive: false,
		unbounded: judgement.unbounded,
		label: place.label,
	};
}

function unmaskPart(part: CommandPart): CommandPart {
	return {
		...part,
		argv: part.argv.map(unmaskAngles),
		env: Object.fromEntries(Object.entries(part.env).map(([name, value]) => [name, unmaskAngles(value)])),
	};
}

/** Go templates (`--format '{{.Names}}'`) are part of the command, not something to fill in; so are patterns of `jq` and `awk`. */
function commandPlaceholders(source: string): readonly Placeholder[] {
	return findPlaceholders(source).filter(
		(one) =>
			!(
				one.form === 'mustache' &&
				/^\{\{-?\s*(?:[.$]|range\b|json\b|end\b|if\b|else\b|with\b|printf\b|index\b|len\b|join\b|println\b|"|table\b)/.test(one.text)
			),
	);
}

function textHazards(source: string, placeholders: readonly Placeholder[], known: readonly Hazard[]): readonly Hazard[] {
	const hazards: Hazard[] = [];
	const credential = known.some((hazard) => hazard.class === 'credentials-in-document') ? null : credentialIn(source);
	if (credential !== null) hazards.push(credential);
	if (placeholders.length > 0)
		hazards.push({ class: 'placeholder', why: `is not filled in: ${placeholders.map((one) => one.text).join(', ')}` });
	const odd = findOddCharacter(source);
	if (odd !== null) hazards.push({ class: 'mangled-text', why: odd });
	return hazards;
}

/** Variables that are used and not set in the command itself; what a loop sets counts as set. */
function variablesOf(parsed: ParsedScript): readonly string[] {
	const set = new Set<string>();
	const used = new Set<string>(parsed.loose.flatMap((one) => (one.kind === 'variable' ? [one.name] : [])));
	for (const command of parsed.commands) {
		for (const word of [
			...command.words,
			...command.env.map(({ value }) => value),
			...command.redirections.flatMap((one) => (one.target === null ? [] : [one.target])),
		]) {
			for (const expansion of word.expansions) if (expansion.kind === 'variable') used.add(expansion.name);
		}
		if (command.words.length === 0) for (const { name } of command.env) set.add(name);
		if (command.words[0]?.text === 'read' || command.words[0]?.text === 'export')
			for (const word of command.words.slice(1)) set.add(word.text.replace(/=.*/s, ''));
	}
	for (const name of parsed.loopNames) set.add(name);
	return [...used].filter((name) => !set.has(name));
}
