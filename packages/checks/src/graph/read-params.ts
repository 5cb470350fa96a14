/** Raw parameters (text of a binding or a command line) to what the check's schema says. */

import { findNearestName } from '@holdfast/runbook/nearest-name';
import type { CheckDefinition } from '../contract.ts';
import type { UsageProblem } from './check-usage-error.ts';
import { type DescribedParam, describeParams } from './describe-params.ts';

export type RawParams = Readonly<Record<string, string | number | boolean>>;
export type ReadParams =
	| { readonly ok: true; readonly params: Readonly<Record<string, unknown>> }
	| { readonly ok: false; readonly problems: readonly UsageProblem[] };

/** @returns the parameters with defaults filled in, or every problem with them. */
export function readParams(check: CheckDefinition, raw: RawParams): ReadParams {
	const described = describeParams(check.params);
	const names = described.map((param) => param.name);
	const problems: UsageProblem[] = [];
	const given: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(raw)) {
		const param = described.find((candidate) => candidate.name === name);
		if (param === undefined) {
			problems.push({ check: check.id, param: name, message: `${check.id} has no parameter ${name}.`, hint: hintName(name, names) });
			continue;
		}
		given[name] = coerce(param, value);
	}
	const parsed = check.params.safeParse(given);
	if (!parsed.success) {
		for (const issue of parsed.error.issues) {
			const name = String(issue.path[0] ?? '');
			if (problems.some((problem) => problem.param === name)) continue;
			const param = described.find((candidate) => candidate.name === name);
			problems.push(describeWrongValue(check.id, name, raw[name], param, issue.message));
		}
	}
	return problems.length > 0 || !parsed.success ? { ok: false, problems } : { ok: true, params: parsed.data };
}

/** Text stays text where it does not read as the kind wanted, so that the schema refuses it. */
function coerce(param: DescribedParam, value: string | number | boolean): unknown {
	switch (param.kind) {
		case 'integer':
		case 'number':
			return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
		case 'boolean':
			return value === 'true' ? true : value === 'false' ? false : value;
		case 'string':
			return String(value);
		default:
			return param.kind satisfies never;
	}
}

function describeWrongValue(
	check: string,
	name: string,
	value: string | number | boolean | undefined,
	param: DescribedParam | undefined,
	detail: string,
): UsageProblem {
	const example = param === undefined ? '' : `For example ${param.example}.`;
	if (value === undefined) return { check, param: name, message: `${check} needs ${name}.`, hint: example };
	const shown = `${name}=${String(value).slice(0, 60)}`;
	return { check, param: name, message: `${check} ${shown}: expected ${describeExpected(param, detail)}.`, hint: example };
}

function describeExpected(param: DescribedParam | undefined, detail: string): string {
	if (param?.allowed !== undefined) return `one of ${param.allowed.join(', ')}`;
	const { minimum, maximum } = param ?? {};
	const range =
		minimum !== undefined && maximum !== undefined
			? ` from ${minimum} to ${maximum}`
			: minimum !== undefined
				? ` of at least ${minimum}`
				: maximum !== undefined
					? ` of at most ${maximum}`
					: '';
	switch (param?.kind) {
		case 'integer':
			return `a whole number${range}`;
		case 'number':
			return `a number${range}`;
		case 'boolean':
			return 'true or false';
		default:
			return detail.replace(/^.*?expected /i, '').replace(/\.$/, '');
	}
}

function hintName(name: string, names: readonly string[]): string {
	const nearest = findNearestName(name, names);
	if (nearest !== null) return `Did you mean ${nearest}?`;
	return names.length === 0 ? 'It takes none.' : `It takes ${names.join(', ')}.`;
}
