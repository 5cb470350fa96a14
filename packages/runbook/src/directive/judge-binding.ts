import type { Catalogue, CatalogueEntry, CatalogueParam } from '../catalogue.ts';
import type { Binding } from '../model.ts';
import { hintForName } from '../nearest-name.ts';

/** Something about a binding that the catalogue does not allow. */
export interface BindingFault {
	readonly rule: 'D9' | 'D10' | 'D11' | 'D12';
	/** The parameter it is about; null: the name. */
	readonly param: string | null;
	readonly message: string;
	readonly hint: string;
}

/**
 * What is wrong with a binding's name and parameters by the catalogue; empty when nothing is. A `person` may have any name
 * and parameters: nothing runs. An `ignore` needs none.
 */
export function judgeBinding(binding: Binding, catalogue: Catalogue): readonly BindingFault[] {
	if (binding.kind === 'person' || binding.kind === 'ignore' || binding.kind === 'cause') return [];
	const entry = findEntry(catalogue, binding);
	if (entry === undefined) return [judgeUnknownId(binding, catalogue)];
	const unknown = Object.keys(binding.params).filter((name) => !entry.params.some((param) => param.name === name));
	return [
		...unknown.map(
			(name): BindingFault => ({
				rule: 'D10',
				param: name,
				message: `${name}: ${entry.id} has no such parameter`,
				hint: hintForName(
					name,
					entry.params.map((param) => param.name),
				),
			}),
		),
		...entry.params.flatMap((param) => judgeParam(param, entry, binding.params[param.name])),
	];
}

export function findEntry(catalogue: Catalogue, binding: Pick<Binding, 'kind' | 'id'>): CatalogueEntry | undefined {
	return catalogue.entries.find((entry) => entry.kind === binding.kind && entry.id === binding.id);
}

function judgeUnknownId(binding: Binding, catalogue: Catalogue): BindingFault {
	const elsewhere = catalogue.entries.find((entry) => entry.id === binding.id);
	const ids = catalogue.entries.filter((entry) => entry.kind === binding.kind).map((entry) => entry.id);
	return {
		rule: 'D9',
		param: null,
		message: `${binding.kind} ${binding.id}: no such ${binding.kind}`,
		hint:
			elsewhere === undefined
				? hintForName(binding.id, ids)
				: `There is ${article(elsewhere.kind)} of that name: ${elsewhere.kind}: ${binding.id}.`,
	};
}

function article(kind: string): string {
	return kind === 'action' ? 'an action' : `a ${kind}`;
}

function judgeParam(param: CatalogueParam, entry: CatalogueEntry, value: string | undefined): readonly BindingFault[] {
	if (value === undefined) {
		if (!param.required) return [];
		return [
			{ rule: 'D12', param: null, message: `${entry.id} needs ${param.name}: ${param.description}`, hint: `For example ${param.example}.` },
		];
	}
	const expected = describeMismatch(param, value);
	if (expected === null) return [];
	return [
		{
			rule: 'D11',
			param: param.name,
			message: `${param.name}=${show(value)}: expected ${expected}`,
			hint: `For example ${param.example}.`,
		},
	];
}

/** What was expected instead of this value; null when it is fine. */
function describeMismatch(param: CatalogueParam, value: string): string | null {
	if (param.allowed !== undefined && !param.allowed.includes(value)) return `one of ${param.allowed.join(', ')}`;
	switch (param.kind) {
		case 'string':
			return value === '' ? 'some text' : null;
		case 'boolean':
			return value === 'true' || value === 'false' ? null : 'true or false';
		case 'integer':
			return /^[+-]?\d{1,15}$/.test(value) && inRange(param, Number(value)) ? null : `a whole number${describeRange(param)}`;
		case 'number':
			return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(value) && inRange(param, Number(value))
				? null
				: `a number${describeRange(param)}`;
		default:
			return param.kind satisfies never;
	}
}

function inRange(param: CatalogueParam, value: number): boolean {
	return (
		Number.isFinite(value) &&
		(param.minimum === undefined || value >= param.minimum) &&
		(param.maximum === undefined || value <= param.maximum)
	);
}

function describeRange({ minimum, maximum }: CatalogueParam): string {
	if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
	if (minimum !== undefined) return ` of at least ${minimum}`;
	return maximum === undefined ? '' : ` of at most ${maximum}`;
}

function show(value: string): string {
	const short = value.length > 40 ? `${value.slice(0, 39)}…` : value;
	return /^[^\s"]+$/.test(short) ? short : JSON.stringify(short);
}
