/**
 * Which failing check explains which other, beyond the prerequisites (`needs`) that the graph runner knows (rule G9).
 * The rows stand in `explanation-rows/`. The explaining check lies deeper than the explained one (a test holds the table to
 * that), so that no two can explain each other.
 */
import type { Observation } from '../contract.ts';
import type { Explanation } from './explanation.ts';
import { insideRows } from './explanation-rows/inside.ts';
import { outsideRows } from './explanation-rows/outside.ts';
import { variableRows } from './explanation-rows/variables.ts';
import { codesOf } from './finding-of.ts';
import { endsRequests, findTraits, measureDepth, silencesOthers } from './layers.ts';
import { isSameHost, placeOf } from './place-of.ts';
import { coversVariables, variablesOf } from './variables-of.ts';

export type { Explanation } from './explanation.ts';

export const explanations: readonly Explanation[] = [...outsideRows, ...variableRows, ...insideRows];

/** Ids of the checks by which a row explains. */
export function listExplaining(row: Explanation): readonly string[] {
	return typeof row.by === 'string' ? [row.by] : row.by;
}

/**
 * @param failing all that fails, for rows by variable: what several name between them.
 * @returns the row by which `cause` explains `effect`, or null. Both are failing observations.
 */
export function findExplanation(cause: Observation, effect: Observation, failing: readonly Observation[] = []): Explanation | null {
	if (measureOwnDepth(cause) >= measureOwnDepth(effect)) return null;
	return explanations.find((row) => fits(row, cause, effect, failing)) ?? null;
}

/** A redirect check that got no answer has seen no edge: it waits for the server like the others. */
const serverDepth = measureDepth('http.status') - 1;

function measureOwnDepth(observation: Observation): number {
	const waits = observation.check === 'http.redirects' && codesOf(observation).every((code) => code.startsWith('net.timeout'));
	return waits && codesOf(observation).length > 0 ? serverDepth : measureDepth(observation.check);
}

function fits(row: Explanation, cause: Observation, effect: Observation, failing: readonly Observation[]): boolean {
	if (!listExplaining(row).includes(cause.check) || !row.of.includes(effect.check)) return false;
	if (row.byCodes !== undefined && !codesOf(cause).some((code) => row.byCodes?.test(code))) return false;
	if (row.byRefusal === true && !endsRequests(cause)) return false;
	if (row.byVariable !== undefined && !variablesOf(cause).some((variable) => row.byVariable?.test(variable))) return false;
	if (row.ofCodes !== undefined && !explainsCodes(row.ofCodes, effect)) return false;
	if (!hasParams(cause, row.byParams) || !hasParams(effect, row.ofParams)) return false;
	return isSamePlace(row.place, cause, effect, failing);
}

function hasParams(observation: Observation, wanted: Explanation['ofParams']): boolean {
	return Object.entries(wanted ?? {}).every(([name, value]) => observation.params[name] === value);
}

/** Without codes there is nothing that contradicts the row. */
function explainsCodes(codes: RegExp, effect: Observation): boolean {
	const found = codesOf(effect);
	return found.length === 0 || found.some((code) => codes.test(code));
}

function isSamePlace(place: Explanation['place'], a: Observation, b: Observation, failing: readonly Observation[]): boolean {
	if (place === 'any') return true;
	if (place === 'variable') {
		const before = failing.filter((one) => one.check.startsWith('env.') && measureDepth(one.check) < measureDepth(b.check));
		return coversVariables(a, b, before);
	}
	const [first, second] = [placeOf(a), placeOf(b)];
	if (!isSameHost(first, second)) return false;
	return place === 'host' || first.path === second.path;
}

/**
 * Whether `observation`, which fails because of `root`, was kept from looking at all (masked), not merely affected.
 * Within one layer both saw the same fault; what a user meets is seen whatever lies beneath.
 */
export function isMasked(observation: Observation, root: Observation): boolean {
	const traits = findTraits(observation.check);
	return observation.key !== root.key && silencesOthers(root) && !traits.met && traits.layer !== findTraits(root.check).layer;
}
