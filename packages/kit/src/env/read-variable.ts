import { inspectSecret } from '../secret/inspect-secret.ts';
import type { EnvProblemCode } from '../wire.ts';
import type { Variable } from './kinds.ts';

/** A value as declared, or what is wrong with it. `expected` and `got` never hold the value. */
export type VariableReading =
	| { readonly ok: true; readonly value: string | number | boolean | undefined }
	| { readonly ok: false; readonly code: EnvProblemCode; readonly expected: string; readonly got: string };

/** Reads one raw value against its declaration. An empty string counts as absent where absence is allowed: `.env` files write `NAME=`. */
export function readVariable(variable: Variable, raw: string | undefined): VariableReading {
	if (raw === undefined || raw === '') {
		if (variable.fallback !== undefined) return { ok: true, value: variable.fallback };
		if (variable.optional) return { ok: true, value: undefined };
		return refuse(
			raw === '' ? 'empty' : 'missing',
			describeExpectation(variable),
			raw === '' ? 'an empty value' : 'nothing: it is not set',
		);
	}
	const length = `${raw.length} ${raw.length === 1 ? 'character' : 'characters'}`;
	if (variable.kind !== 'string' && raw !== raw.trim()) {
		return refuse('white-space', `${describeExpectation(variable)}, without white space around it`, `${length} with white space at an end`);
	}
	switch (variable.kind) {
		case 'string':
			return raw.length >= variable.minLength ? { ok: true, value: raw } : refuse('too-short', describeExpectation(variable), length);
		case 'url':
			return readUrl(variable, raw);
		case 'secret': {
			const fault = inspectSecret(raw, variable.minLength);
			if (fault === null) return { ok: true, value: raw };
			return refuse(
				fault.code,
				describeExpectation(variable),
				fault.code === 'sample-value' ? `a sample value of ${length} that anyone can guess` : length,
			);
		}
		case 'integer': {
			if (!/^[+-]?\d{1,16}$/.test(raw)) return refuse('malformed', describeExpectation(variable), `${length} that are not a whole number`);
			const value = Number(raw);
			if (value >= variable.min && value <= variable.max) return { ok: true, value };
			return refuse('out-of-range', describeExpectation(variable), value < variable.min ? 'a smaller number' : 'a larger number');
		}
		case 'boolean': {
			if (/^(true|1|yes|on)$/i.test(raw)) return { ok: true, value: true };
			if (/^(false|0|no|off)$/i.test(raw)) return { ok: true, value: false };
			return refuse('malformed', describeExpectation(variable), `${length} that are neither`);
		}
		case 'oneOf':
			return variable.values.includes(raw)
				? { ok: true, value: raw }
				: refuse('not-allowed', describeExpectation(variable), `another word of ${length}`);
	}
}

/** What a variable of this declaration looks like, for messages and documentation. */
export function describeExpectation(variable: Variable): string {
	switch (variable.kind) {
		case 'string':
			return variable.minLength > 1 ? `text of at least ${variable.minLength} characters` : 'text';
		case 'url':
			return `an absolute URL (${variable.schemes.map((scheme) => `${scheme}://…`).join(' or ')})`;
		case 'secret':
			return `a random secret of at least ${variable.minLength} characters`;
		case 'integer':
			return describeRange(variable.min, variable.max);
		case 'boolean':
			return 'true or false';
		case 'oneOf':
			return `one of ${variable.values.join(', ')}`;
	}
}

function describeRange(min: number, max: number): string {
	const from = min > Number.MIN_SAFE_INTEGER;
	const to = max < Number.MAX_SAFE_INTEGER;
	if (from && to) return `a whole number from ${min} to ${max}`;
	if (from) return `a whole number of at least ${min}`;
	return to ? `a whole number of at most ${max}` : 'a whole number';
}

function readUrl(variable: Extract<Variable, { kind: 'url' }>, raw: string): VariableReading {
	if (!URL.canParse(raw)) return refuse('malformed', describeExpectation(variable), `${raw.length} characters that are not a URL`);
	const scheme = new URL(raw).protocol.slice(0, -1);
	if (variable.schemes.includes(scheme)) return { ok: true, value: raw };
	return refuse('malformed', describeExpectation(variable), 'a URL with another scheme');
}

function refuse(code: EnvProblemCode, expected: string, got: string): VariableReading {
	return { ok: false, code, expected, got };
}
