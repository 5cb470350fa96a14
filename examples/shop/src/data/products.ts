import { jsonFile } from './json-file.ts';

export const productKinds = ['rope', 'cleat', 'lantern', 'block', 'knife', 'bell', 'bag', 'compass', 'shackle', 'flag'] as const;
export type ProductKind = (typeof productKinds)[number];

export interface Product {
	/** Part of the URL: lower case letters, digits, dashes. */
	readonly slug: string;
	readonly name: string;
	readonly kind: ProductKind;
	readonly summary: string;
	readonly description: string;
	/** Euro cents. */
	readonly price: number;
	readonly stock: number;
}

export interface ProductPage {
	readonly products: readonly Product[];
	readonly page: number;
	readonly pageCount: number;
	readonly total: number;
}

export const pageSize = 9;

export const productsFile = jsonFile<readonly Product[]>('products.json', [], isProducts);

/** One page of the catalogue, by name. A page number beyond the end is the last page. */
export async function listProducts(page: number): Promise<ProductPage> {
	return paginate(await productsFile.read(), page, pageSize);
}

/** A product, or null when there is none of that slug. */
export async function findProduct(slug: string): Promise<Product | null> {
	return (await productsFile.read()).find((product) => product.slug === slug) ?? null;
}

/** Sorts by name and cuts out a page. Pure. */
export function paginate(products: readonly Product[], page: number, size: number): ProductPage {
	const pageCount = Math.max(1, Math.ceil(products.length / size));
	const current = Math.min(Math.max(1, page), pageCount);
	const sorted = [...products].sort((left, right) => left.name.localeCompare(right.name, 'en'));
	return { products: sorted.slice((current - 1) * size, current * size), page: current, pageCount, total: products.length };
}

/** The page number of a query parameter: 1 for anything that is not a whole number above 0. */
export function parsePage(value: string | readonly string[] | undefined): number {
	return typeof value === 'string' && /^[1-9]\d{0,5}$/.test(value) ? Number(value) : 1;
}

function isProducts(content: unknown): content is readonly Product[] {
	return Array.isArray(content) && content.every(isProduct);
}

function isProduct(content: unknown): content is Product {
	if (typeof content !== 'object' || content === null) return false;
	const { slug, name, kind, summary, description, price, stock } = content as Record<string, unknown>;
	return (
		[slug, name, summary, description].every((text) => typeof text === 'string' && text !== '') &&
		(productKinds as readonly unknown[]).includes(kind) &&
		[price, stock].every((count) => Number.isSafeInteger(count) && Number(count) >= 0)
	);
}
