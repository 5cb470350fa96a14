/** What bindings may name: a plain description of the catalogue, handed in by whoever owns it, so that this package stays pure. */
import type { BindingKind } from './model.ts';

export interface CatalogueParam {
	readonly name: string;
	readonly kind: 'string' | 'integer' | 'number' | 'boolean';
	readonly required: boolean;
	/** Shown in problems: `min=32`. */
	readonly example: string;
	/** Smallest and largest number allowed, where there is one. */
	readonly minimum?: number;
	readonly maximum?: number;
	/** The only values allowed, where they are few. */
	readonly allowed?: readonly string[];
	readonly description: string;
}

export interface CatalogueEntry {
	readonly kind: Exclude<BindingKind, 'cause' | 'ignore'>;
	readonly id: string;
	readonly title: string;
	readonly params: readonly CatalogueParam[];
}

export interface Catalogue {
	readonly entries: readonly CatalogueEntry[];
}
