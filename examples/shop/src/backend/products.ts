import { api } from '../../convex/_generated/api.js';
import type { Doc } from '../../convex/_generated/dataModel.d.ts';
import { query } from './ask-backend.ts';

export type Product = Omit<Doc<'products'>, '_id' | '_creationTime'>;
export type ProductKind = Product['kind'];

export interface ProductPage {
	readonly products: readonly Product[];
	readonly page: number;
	readonly pageCount: number;
	readonly total: number;
}

export const pageSize = 9;

/** One page of the catalogue, by name. A page number beyond the end is the last page. */
export function listProducts(page: number): Promise<ProductPage> {
	return query(api.products.list, { page, size: pageSize }, 'nobody');
}

/** A product, or null when there is none of that slug. */
export function findProduct(slug: string): Promise<Product | null> {
	return query(api.products.bySlug, { slug }, 'nobody');
}

/** The page number of a query parameter: 1 for anything that is not a whole number above 0. */
export function parsePage(value: string | readonly string[] | undefined): number {
	return typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1;
}
