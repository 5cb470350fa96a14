import type { DiagnosisReport, Observation } from '@holdfast/engine/operations';
import type { ExitCode } from './exit-code.ts';

/** 1: something failed. 3: nothing failed, but an issue asked about could not be told (with `strict`: any check could not tell). No evidence is never 0. */
export function exitOfDiagnosis({ diagnosis, basis }: DiagnosisReport, strict: boolean): ExitCode {
	const { issues, roots, observations } = diagnosis;
	if (roots.length > 0 || issues.some(({ state }) => state === 'failing') || observations.some(hasFailed)) return 1;
	if (strict && observations.some(isUntold)) return 3;
	if (issues.some(({ state }) => state === 'unknown')) return 3;
	return (basis === 'general' || issues.length === 0) && !observations.some(speaksForService) ? 3 : 0;
}

export interface CheckExitInput {
	readonly observations: readonly Observation[];
	/** Ids asked for by name; empty when all were asked. */
	readonly named: readonly string[];
	readonly strict: boolean;
}

/** As for a diagnosis; each check asked for by name must be told, and where none is named the application must have answered one. */
export function exitOfChecks({ observations, named, strict }: CheckExitInput): ExitCode {
	if (observations.some(hasFailed)) return 1;
	if (strict && observations.some(isUntold)) return 3;
	if (named.length === 0) return observations.some(({ check, state }) => state === 'ok' && check.startsWith('http.')) ? 0 : 3;
	const asked = observations.filter(({ check }) => named.includes(check));
	return asked.length > 0 && asked.every(({ state }) => state !== 'unknown') ? 0 : 3;
}

function hasFailed({ state }: Observation): boolean {
	return state === 'fail';
}

/** A question that does not arise (TLS over plain http) leaves nothing untold. */
function isUntold({ state, applicable }: Observation): boolean {
	return state === 'unknown' && applicable;
}

/** That a name resolves or a port is open says nothing of the application behind it. */
export function speaksForService({ check, state }: Observation): boolean {
	return state === 'ok' && (check === 'http.status' || check === 'http.health');
}
