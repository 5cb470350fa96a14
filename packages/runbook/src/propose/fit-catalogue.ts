import type { Catalogue, CatalogueEntry } from '../catalogue.ts';
import { judgeBinding } from '../directive/judge-binding.ts';
import type { Binding } from '../model.ts';
import { lesser } from './weigh.ts';

export interface CatalogueIndex {
	readonly catalogue: Catalogue;
	find(kind: Binding['kind'], id: string): CatalogueEntry | undefined;
}

export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
	const entries = new Map(catalogue.entries.map((entry) => [`${entry.kind} ${entry.id}`, entry]));
	return { catalogue, find: (kind, id) => entries.get(`${kind} ${id}`) };
}

/**
 * A binding as the catalogue at hand takes it (rule B94): null when it has no such name, or when a required parameter is
 * missing or a value is not allowed; optional parameters that it does not know are left out, which makes the rest likely at
 * most. A `person`, an `ignore` and a `cause` need no entry.
 */
export function fitBinding(binding: Binding, index: CatalogueIndex): Binding | null {
	if (binding.kind === 'person' || binding.kind === 'ignore' || binding.kind === 'cause') return binding;
	const entry = index.find(binding.kind, binding.id);
	if (entry === undefined) return null;
	const known = Object.entries(binding.params).filter(([name]) => entry.params.some((param) => param.name === name));
	const complete = known.length === Object.keys(binding.params).length;
	const fitted = complete ? binding : { ...binding, params: Object.fromEntries(known), certainty: lesser(binding.certainty, 'likely') };
	return judgeBinding(fitted, index.catalogue).length === 0 ? fitted : null;
}
