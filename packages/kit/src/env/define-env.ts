import { optionError } from '../options/option-error.ts';
import type { EnvProblemCode, EnvReport, EnvVariableReport } from '../wire.ts';
import { FINGERPRINT_KEY_VARIABLE, MIN_FINGERPRINT_KEY_BYTES, readFingerprintKey } from './fingerprint-key.ts';
import type { BooleanVariable, IntegerVariable, OneOfVariable, Variable } from './kinds.ts';
import { findNearestName } from './nearest-name.ts';
import { readVariable } from './read-variable.ts';

export type EnvSchema = Readonly<Record<string, Variable>>;

type ValueOf<V extends Variable> = V extends IntegerVariable
	? number
	: V extends BooleanVariable
		? boolean
		: V extends OneOfVariable<infer W>
			? W
			: string;

/** Typed values of a valid environment: optional variables may be undefined, all others are there. */
export type EnvValues<S extends EnvSchema> = {
	readonly [K in keyof S]: S[K]['optional'] extends true ? ValueOf<S[K]> | undefined : ValueOf<S[K]>;
};

export interface EnvProblem {
	readonly name: string;
	readonly code: EnvProblemCode;
	/** One sentence: name, what was expected, what came, and the nearest name where a typo is likely. Never a value. */
	readonly message: string;
}

/** Something that works and is probably not meant: an optional variable absent while nearly its name is set. */
export interface EnvWarning {
	readonly name: string;
	readonly message: string;
}

export interface EnvOptions {
	/** Key of the fingerprints in the report, at least 32 bytes, the same for all instances; `HOLDFAST_FINGERPRINT_KEY` of `source` when left out. */
	readonly fingerprintKey?: string | undefined;
}

interface EnvBase {
	readonly warnings: readonly EnvWarning[];
	/** Names, presence, lengths and keyed fingerprints, never values: what health shows to the bearer of the service's token. */
	readonly report: () => EnvReport;
	/** The declared secrets that are set, good or not, and the fingerprint key, by name: for what takes them out of text. A function, so that printing shows none. */
	readonly secrets: () => ReadonlyMap<string, string>;
}

export type Env<S extends EnvSchema> = EnvBase &
	(
		| { readonly ok: true; readonly values: EnvValues<S>; readonly problems: readonly [] }
		/** `values` holds those that are valid, so that an application can start and say what is wrong. `message` names every problem. */
		| { readonly ok: false; readonly values: Partial<EnvValues<S>>; readonly problems: readonly EnvProblem[]; readonly message: string }
	);

/**
 * Reads the declared variables from `source` (`process.env` when not given), once, and reports every problem together.
 * A wrong environment is a value; a wrong declaration is a TypeError at once.
 */
export function defineEnv<const S extends EnvSchema>(
	schema: S,
	// oxlint-disable-next-line node/no-process-env -- this is the one reader of the environment in an application with the kit
	source: Readonly<Record<string, string | undefined>> = process.env,
	options: EnvOptions = {},
): Env<S> {
	if (options.fingerprintKey !== undefined && typeof options.fingerprintKey !== 'string')
		throw optionError('defineEnv', 'fingerprintKey', 'a string', options.fingerprintKey);
	for (const name of Object.keys(schema)) {
		if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
			throw optionError('defineEnv', 'name of a variable', 'letters, digits and underscores', name);
	}
	// A snapshot: what report() says later is what the values were read from.
	const given = new Map(Object.entries(source));
	const undeclared = [...given.keys()].filter((name) => !Object.hasOwn(schema, name) && given.get(name));
	const values: Record<string, unknown> = {};
	const problems: EnvProblem[] = [];
	const warnings: EnvWarning[] = [];
	const variables: EnvVariableReport[] = [];
	const rawKey = options.fingerprintKey ?? given.get(FINGERPRINT_KEY_VARIABLE);
	const key = readFingerprintKey(rawKey);
	if (rawKey && key === null) warnings.push(describeShortKey(rawKey));

	for (const [name, variable] of Object.entries(schema)) {
		const raw = given.get(name);
		const reading = readVariable(variable, raw);
		const absent = raw === undefined || raw === '';
		const nearest = absent ? findNearestName(name, undeclared) : null;
		if (reading.ok) {
			values[name] = reading.value;
			if (nearest !== null) warnings.push({ name, message: `${name} is not set, but ${nearest} is: is the name right?` });
		} else {
			const meant = nearest === null ? '' : ` ${nearest} is set: is that the one that was meant?`;
			problems.push({ name, code: reading.code, message: `${name}: expected ${reading.expected}, got ${reading.got}.${meant}` });
		}
		variables.push({
			name,
			kind: variable.kind,
			required: !variable.optional && variable.fallback === undefined,
			present: !absent,
			length: raw === undefined ? null : raw.length,
			minLength: variable.kind === 'secret' || variable.kind === 'string' ? variable.minLength : null,
			problem: reading.ok ? null : reading.code,
			nearest,
			// The key itself has an id, which is all that is to be told of it.
			fingerprint: absent || name === FINGERPRINT_KEY_VARIABLE ? null : (key?.fingerprint(name, raw) ?? null),
		});
	}

	const base = {
		warnings,
		report: (): EnvReport => ({ ok: problems.length === 0, keyId: key?.id ?? null, variables }),
		secrets: () => collectSecrets(schema, given),
	};
	// Guarantee behind the casts: every name of the schema was visited, and its value was produced by the reader of its kind.
	if (problems.length === 0) return { ...base, ok: true, values: values as EnvValues<S>, problems: [] };
	return { ...base, ok: false, values: values as Partial<EnvValues<S>>, problems, message: describeProblems(problems) };
}

function describeShortKey(key: string): EnvWarning {
	return {
		name: FINGERPRINT_KEY_VARIABLE,
		message: `${FINGERPRINT_KEY_VARIABLE}: expected at least ${MIN_FINGERPRINT_KEY_BYTES} bytes, got ${Buffer.byteLength(key)}. No fingerprints are made; set it to the output of \`openssl rand -base64 48\`.`,
	};
}

function describeProblems(problems: readonly EnvProblem[]): string {
	const head = problems.length === 1 ? '1 variable is not as declared:' : `${problems.length} variables are not as declared:`;
	return [head, ...problems.map((problem) => `  ${problem.message}`)].join('\n');
}

function collectSecrets(schema: EnvSchema, given: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, string> {
	const names = Object.keys(schema).filter((name) => schema[name]?.kind === 'secret');
	return new Map(
		[...names, FINGERPRINT_KEY_VARIABLE].flatMap((name): [string, string][] => (given.get(name) ? [[name, given.get(name) ?? '']] : [])),
	);
}
