import { findNearestName } from '@holdfast/runbook/nearest-name';
import { LineCounter, parseDocument, type YAMLParseError } from 'yaml';
import type { z } from 'zod';
import type { SourceProblem } from '../operation-error.ts';
import { isConfidentialPath } from './confidential-path.ts';
import type { ConfigFault } from './config-fault.ts';
import { crossCheckConfig } from './cross-checks.ts';
import { describeKind, describeValue } from './describe-value.ts';
import { listKeysAt } from './keys-at.ts';
import { type Config, configSchema, generateConfigSchema, SECRET_EXPECTED } from './schema.ts';
import { findPlace, type Place } from './yaml-places.ts';
import { describeYamlProblem } from './yaml-problem-words.ts';

export type ConfigReading =
	| { readonly ok: true; readonly config: Config }
	| { readonly ok: false; readonly problems: readonly SourceProblem[] };

export interface ReadConfigOptions {
	/** Name of the file in problems. */
	readonly file: string;
	/** Ids that `monitors` may name. */
	readonly checkIds?: readonly string[];
}

/**
 * Reads `holdfast.yaml`. All problems come at once, in document order, each with its place.
 * Guarantee: no problem repeats a value that stands where a secret belongs, nor a part of the source around a syntax error.
 */
export function readConfig(source: string, options: ReadConfigOptions): ConfigReading {
	const lines = new LineCounter();
	const document = parseDocument(source, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
	if (document.errors.length > 0) {
		return { ok: false, problems: describeSyntax(document.errors, lines, options.file) };
	}
	let raw: unknown;
	try {
		raw = document.toJS({ maxAliasCount: 100 });
	} catch {
		const problem = {
			file: options.file,
			line: 1,
			column: 1,
			message: 'the aliases of this file cannot be resolved',
			hint: 'Write the values out.',
		};
		return { ok: false, problems: [problem] };
	}
	const parsed = configSchema.safeParse(raw, { reportInput: true });
	const faults = dropSaidTwice([
		...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, raw))),
		...crossCheckConfig(raw, options.checkIds ?? null),
	]);
	if (parsed.success && faults.length === 0) return { ok: true, config: parsed.data };
	const placed = faults.map((fault) => ({ fault, place: findPlace(document, lines, fault.path, fault.key) }));
	placed.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
	return { ok: false, problems: placed.map(({ fault, place }) => toProblem(options.file, fault, place)) };
}

/** The parser often reports one fault several times: each place and sentence once. */
function describeSyntax(errors: readonly YAMLParseError[], lines: LineCounter, file: string): readonly SourceProblem[] {
	const problems = errors.map(({ code, pos }) => {
		const { line, col } = lines.linePos(pos[0]);
		return { file, line: Math.max(1, line), column: Math.max(1, col), message: `invalid YAML: ${describeYamlProblem(code)}`, hint: '' };
	});
	return problems.filter(
		(problem, index) => problems.findIndex((one) => one.line === problem.line && one.message === problem.message) === index,
	);
}

function toProblem(file: string, { message, hint }: ConfigFault, { line, column }: Place): SourceProblem {
	return { file, line, column, message, hint: hint ?? '' };
}

function describeIssue(issue: z.core.$ZodIssue, raw: unknown): readonly ConfigFault[] {
	if (issue.code === 'unrecognized_keys') {
		const valid = listKeysAt(generateConfigSchema(), issue.path);
		return issue.keys.map((key) => describeUnknownKey(issue.path, key, valid));
	}
	const name = formatPath(issue.path);
	const value = valueAt(raw, issue.path);
	if (issue.message === SECRET_EXPECTED) return [describeSecretFault(issue.path, name, value)];
	// Of a union the member that was meant says more than the union: `sentry` is a map nearly always.
	if (issue.code === 'invalid_union' && typeof value === 'object' && value !== null) {
		const member = issue.errors.find((issues) => issues.some(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'));
		if (member !== undefined) return member.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, raw));
	}
	const got =
		value === undefined ? 'nothing stands there' : `got ${isConfidentialPath(issue.path) ? describeKind(value) : describeValue(value)}`;
	return [{ path: issue.path, message: `${name}: expected ${issue.message}, ${got}`, missing: value === undefined }];
}

function describeUnknownKey(path: readonly PropertyKey[], key: string, valid: readonly string[]): ConfigFault {
	const nearest = findNearestName(key, valid);
	const where = path.length === 0 ? '' : ` in ${formatPath(path)}`;
	const hint = nearest === null ? `Known here: ${valid.join(', ')}.` : `Did you mean ${nearest}?`;
	// What has no known name near it, where secrets stand, may be a secret without its key.
	const shown = nearest === null && isConfidentialPath(path) ? describeKind(key) : describeValue(key);
	return { path, key, message: `${shown}: no such key${where}`, hint, ...(nearest === null ? {} : { meant: nearest }) };
}

/** A misspelt key also leaves its right name missing: one fault, said once. */
function dropSaidTwice(faults: readonly ConfigFault[]): readonly ConfigFault[] {
	const meant = new Set(faults.flatMap((fault) => (fault.meant === undefined ? [] : [formatPath([...fault.path, fault.meant])])));
	return faults.filter(({ missing, path }) => missing !== true || !meant.has(formatPath(path)));
}

function describeSecretFault(path: readonly PropertyKey[], name: string, value: unknown): ConfigFault {
	const last = path.at(-1);
	// Inside the map itself: the value in the place of a name may be the secret.
	if (last === 'env')
		return { path, message: `${name}: expected the name of a variable (the value is not shown)`, hint: 'For example {env: SHOP_TOKEN}.' };
	if (last === 'file')
		return { path, message: `${name}: expected the path of a file`, hint: 'For example {file: /run/secrets/shop-token}.' };
	const hint = `Write ${String(last)}: {env: NAME}, or {file: PATH}.`;
	if (value === undefined) return { path, message: `${name}: expected ${SECRET_EXPECTED}, nothing stands there`, hint };
	if (typeof value === 'object' && value !== null) return { path, message: `${name}: expected ${SECRET_EXPECTED}, got another map`, hint };
	return { path, message: `${name}: a secret must not stand in this file (the value is not shown)`, hint };
}

function formatPath(path: readonly PropertyKey[]): string {
	if (path.length === 0) return 'the file';
	return path.reduce<string>((text, part) => {
		if (typeof part === 'number') return `${text}[${part}]`;
		const word = String(part);
		if (!/^[\w-]+$/.test(word)) return `${text}[${/^[\w.-]+$/.test(word) ? `"${word}"` : describeValue(word)}]`;
		return text === '' ? word : `${text}.${word}`;
	}, '');
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>((value, part) => {
		if (typeof value !== 'object' || value === null) return undefined;
		return (value as Record<PropertyKey, unknown>)[part];
	}, raw);
}
