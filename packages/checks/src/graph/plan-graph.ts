/** Requests to questions: every request read, prerequisites added once, each question once, in the catalogue's order. Pure. */

import { findNearestName } from '@holdfast/runbook/nearest-name';
import type { CheckDefinition, CheckRequest, ServiceTarget } from '../contract.ts';
import { buildKey } from './canonical-key.ts';
import type { UsageProblem } from './check-usage-error.ts';
import { readParams } from './read-params.ts';

export interface PlannedCheck {
	readonly key: string;
	readonly check: CheckDefinition;
	readonly params: Readonly<Record<string, unknown>>;
	/** Keys of its prerequisites. */
	readonly needs: readonly string[];
	/** False for a prerequisite that nobody asked for. */
	readonly asked: boolean;
}

export type GraphPlan =
	| { readonly ok: true; readonly planned: readonly PlannedCheck[] }
	| { readonly ok: false; readonly problems: readonly UsageProblem[] };

/** @param catalogue all checks, in the order in which results are shown. */
export function planGraph(requests: readonly CheckRequest[], catalogue: readonly CheckDefinition[], service: ServiceTarget): GraphPlan {
	const { byId, order } = indexOf(catalogue);
	const planned = new Map<string, PlannedCheck>();
	const problems: UsageProblem[] = [];

	const add = (check: CheckDefinition, params: Readonly<Record<string, unknown>>, asked: boolean): string => {
		const key = buildKey(check, params);
		const known = planned.get(key);
		if (known !== undefined) {
			if (asked && !known.asked) planned.set(key, { ...known, asked });
			return key;
		}
		planned.set(key, { key, check, params, needs: [], asked });
		const needs = check.needs.flatMap((id) => {
			const prerequisite = byId.get(id);
			if (prerequisite === undefined) throw new Error(`expected ${check.id} to need checks of the catalogue, got ${id}; correct its needs`);
			if (prerequisite.appliesTo?.(service) === false) return [];
			const read = readParams(prerequisite, pickInherited(prerequisite, params, service));
			if (!read.ok) throw new Error(`expected ${id} to accept the parameters of ${check.id}; correct its schema`);
			return [add(prerequisite, read.params, false)];
		});
		planned.set(key, { key, check, params, needs, asked });
		return key;
	};

	for (const request of requests) {
		const check = byId.get(request.id);
		if (check === undefined) {
			problems.push(describeUnknown(request.id, [...byId.keys()]));
			continue;
		}
		const read = readParams(check, request.params);
		if (read.ok) add(check, read.params, true);
		else problems.push(...read.problems);
	}
	if (problems.length > 0) return { ok: false, problems };
	const rank = (item: PlannedCheck): number => order.get(item.check.id) ?? 0;
	return { ok: true, planned: [...planned.values()].toSorted((a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1)) };
}

interface CatalogueIndex {
	readonly byId: ReadonlyMap<string, CheckDefinition>;
	readonly order: ReadonlyMap<string, number>;
}

const indexed = new WeakMap<readonly CheckDefinition[], CatalogueIndex>();

function indexOf(catalogue: readonly CheckDefinition[]): CatalogueIndex {
	const known = indexed.get(catalogue);
	if (known !== undefined) return known;
	const index = {
		byId: new Map(catalogue.map((check) => [check.id, check])),
		order: new Map(catalogue.map((check, place) => [check.id, place])),
	};
	indexed.set(catalogue, index);
	return index;
}

/** A check of one page rests on that page alone, also when it is the default one: what another page does explains nothing here. */
function pickInherited(
	prerequisite: CheckDefinition,
	params: Readonly<Record<string, unknown>>,
	service: ServiceTarget,
): Record<string, string> {
	const picked = (prerequisite.inherits ?? []).filter(
		(name) => params[name] !== undefined && !(name === 'path' && isOnlyPath(params[name], service)),
	);
	return Object.fromEntries(picked.map((name) => [name, String(params[name])]));
}

/** Where `/` is all there is to look at, leaving the path out asks the same, and the question is shared. */
function isOnlyPath(path: unknown, { routes }: ServiceTarget): boolean {
	return path === '/' && routes.every((route) => route.path === '/');
}

function describeUnknown(id: string, ids: readonly string[]): UsageProblem {
	const nearest = findNearestName(id, ids);
	return {
		check: id,
		param: null,
		message: `${id.slice(0, 80)}: no such check.`,
		hint: nearest === null ? '`holdfast check --list` shows them all.' : `Did you mean ${nearest}?`,
	};
}
