import { optionError } from '../options/option-error.ts';

/** How a declared variable may be absent: it may not, it may, or a value stands in for it. */
export type Presence<T> = { readonly optional?: false } | { readonly optional: true } | { readonly default: T };

interface Declared<T> {
	readonly optional: boolean;
	readonly fallback: T | undefined;
}

export interface StringVariable extends Declared<string> {
	readonly kind: 'string';
	readonly minLength: number;
}
export interface UrlVariable extends Declared<string> {
	readonly kind: 'url';
	readonly schemes: readonly string[];
}
export interface SecretVariable extends Declared<string> {
	readonly kind: 'secret';
	readonly minLength: number;
}
export interface IntegerVariable extends Declared<number> {
	readonly kind: 'integer';
	readonly min: number;
	readonly max: number;
}
export interface BooleanVariable extends Declared<boolean> {
	readonly kind: 'boolean';
}
export interface OneOfVariable<V extends string = string> extends Declared<V> {
	readonly kind: 'oneOf';
	readonly values: readonly V[];
}

export type Variable = StringVariable | UrlVariable | SecretVariable | IntegerVariable | BooleanVariable | OneOfVariable;

/** A variable that is never undefined in the result: required, or with a default. */
export type Sure<V> = V & { readonly optional: false };
export type Maybe<V> = V & { readonly optional: true };

type OptionalFlag = { readonly optional: true };

/** Any text. `min` is in characters, 1 when not given. */
export function string(options: OptionalFlag & { min?: number }): Maybe<StringVariable>;
export function string(options?: { min?: number; default?: string }): Sure<StringVariable>;
export function string(options: { min?: number; default?: string; optional?: boolean } = {}): StringVariable {
	return { kind: 'string', minLength: checkMin('string', options.min ?? 1), ...presence('string', options) };
}

/** An absolute URL; `schemes` without colon, `http` and `https` when not given. */
export function url(options: OptionalFlag & { schemes?: readonly string[] }): Maybe<UrlVariable>;
export function url(options?: { schemes?: readonly string[]; default?: string }): Sure<UrlVariable>;
export function url(options: { schemes?: readonly string[]; default?: string; optional?: boolean } = {}): UrlVariable {
	const schemes = options.schemes ?? ['http', 'https'];
	if (!Array.isArray(schemes) || schemes.length === 0)
		throw optionError('url', 'schemes', 'at least one scheme, for example ["https"]', schemes);
	return { kind: 'url', schemes: schemes.map((scheme) => scheme.toLowerCase().replace(/:$/, '')), ...presence('url', options) };
}

/**
 * A secret; `min` is in characters, 32 when not given. It has no default: a default secret is no secret.
 * Values known from examples are refused whatever their length.
 */
export function secret(options: OptionalFlag & { min?: number }): Maybe<SecretVariable>;
export function secret(options?: { min?: number }): Sure<SecretVariable>;
export function secret(options: { min?: number; optional?: boolean } = {}): SecretVariable {
	if ('default' in options) throw optionError('secret', 'default', 'no default, because a default secret is no secret', '');
	return { kind: 'secret', minLength: checkMin('secret', options.min ?? 32), ...presence<string>('secret', options) };
}

/** A whole number, `min` and `max` inclusive. */
export function integer(options: OptionalFlag & { min?: number; max?: number }): Maybe<IntegerVariable>;
export function integer(options?: { min?: number; max?: number; default?: number }): Sure<IntegerVariable>;
export function integer(options: { min?: number; max?: number; default?: number; optional?: boolean } = {}): IntegerVariable {
	const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
	if (!Number.isSafeInteger(min)) throw optionError('integer', 'min', 'a whole number', min);
	if (!Number.isSafeInteger(max) || max < min) throw optionError('integer', 'max', `a whole number of at least ${min}`, max);
	const fallback = options.default;
	if (fallback !== undefined && (!Number.isSafeInteger(fallback) || fallback < min || fallback > max)) {
		throw optionError('integer', 'default', `a whole number from ${min} to ${max}`, fallback);
	}
	return { kind: 'integer', min, max, ...presence('integer', options) };
}

/** `true`, `1`, `yes`, `on` or `false`, `0`, `no`, `off`, in any case. */
export function boolean(options: OptionalFlag): Maybe<BooleanVariable>;
export function boolean(options?: { default?: boolean }): Sure<BooleanVariable>;
export function boolean(options: { default?: boolean; optional?: boolean } = {}): BooleanVariable {
	return { kind: 'boolean', ...presence('boolean', options) };
}

/** One of the given words, exactly as written. */
export function oneOf<const V extends string>(values: readonly V[], options: OptionalFlag): Maybe<OneOfVariable<V>>;
export function oneOf<const V extends string>(values: readonly V[], options?: { default?: NoInfer<V> }): Sure<OneOfVariable<V>>;
export function oneOf<const V extends string>(values: readonly V[], options: { default?: V; optional?: boolean } = {}): OneOfVariable<V> {
	if (!Array.isArray(values) || values.length === 0) throw optionError('oneOf', 'values', 'at least one word', values);
	if (options.default !== undefined && !values.includes(options.default)) {
		throw optionError('oneOf', 'default', `one of ${values.join(', ')}`, options.default);
	}
	return { kind: 'oneOf', values, ...presence('oneOf', options) };
}

function presence<T>(call: string, options: { default?: T; optional?: boolean }): Declared<T> {
	if (options.optional === true && options.default !== undefined) {
		throw optionError(call, 'optional', 'either optional or default, not both', true);
	}
	return { optional: options.optional === true, fallback: options.default };
}

function checkMin(call: string, min: number): number {
	if (!Number.isSafeInteger(min) || min < 1) throw optionError(call, 'min', 'a whole number of characters, 1 or more', min);
	return min;
}
