import type { DiagnosisReport, Observation } from '@holdfast/engine/operations';
import type { ExitCode } from './exit-code.ts';

/** 1: something failed. 3: nothing failed, but an issue asked about has no check that is well (with `strict`: any check could not tell). */
export function exitOfDiagnosis({ diagnosis, basis }: DiagnosisReport, strict: boolean): ExitCode {
	const { issues, roots, observations } = diagnosis;
	if (roots.length > 0 || issues.some(({ state }) => state === 'failing') || observations.some(hasFailed)) return 1;
	if (strict && observations.some(isUntold)) return 3;
	if (basis === 'general') return observations.some(isWell) ? 0 : 3;
	return issues.some(({ state }) => state === 'unknown') ? 3 : 0;
}

export interface CheckExitInput {
	readonly observations: readonly Observation[];
	/** Keys or ids asked for by name; empty when all were asked. */
	readonly named: readonly string[];
	readonly strict: boolean;
}

/** As for a diagnosis; each check asked for by name is asked about by itself. */
export function exitOfChecks({ observations, named, strict }: CheckExitInput): ExitCode {
	if (observations.some(hasFailed)) return 1;
	if (observations.filter(isUntold).some(({ check }) => strict || named.includes(check))) return 3;
	return observations.some(isWell) ? 0 : 3;
}

function hasFailed({ state }: Observation): boolean {
	return state === 'fail';
}

/** A question that does not arise (TLS over plain http) leaves nothing untold. */
function isUntold({ state, applicable }: Observation): boolean {
	return state === 'unknown' && applicable;
}

function isWell({ state }: Observation): boolean {
	return state === 'ok' || state === 'warn';
}
