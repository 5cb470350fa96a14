/** Names of environment variables that a failing observation is about, so that several that see one variable give one root. */
import type { Observation } from '../contract.ts';

const name = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g;

/** @returns the names of its `name` parameter and of its failing findings, each once; a predecessor kept for rotation is left out. */
export function variablesOf(observation: Observation): readonly string[] {
	const asked = observation.params.name;
	const failing = observation.findings.filter((finding) => finding.severity === 'fail');
	// What a check of the environment is about stands apart as well, also where it looks like no variable: `PORT`.
	const at = observation.check.startsWith('env.') ? failing.flatMap((finding) => finding.at ?? []) : [];
	const told = [...at, ...failing.flatMap((finding) => finding.message.match(name) ?? [])];
	const all = [...(typeof asked === 'string' ? [asked] : []), ...told];
	return [...new Set(all)].filter((one) => !one.endsWith('_PREVIOUS'));
}

/**
 * Whether `cause` and the other observations of variables before it account for all that `effect` says: they share a variable,
 * and none of the effect's is left that nobody else names.
 */
export function coversVariables(cause: Observation, effect: Observation, before: readonly Observation[]): boolean {
	const said = variablesOf(effect);
	const own = variablesOf(cause);
	if (said.length === 0) return true;
	if (!said.some((variable) => own.includes(variable))) return false;
	const told = new Set([...own, ...before.flatMap(variablesOf)]);
	return said.every((variable) => told.has(variable));
}
