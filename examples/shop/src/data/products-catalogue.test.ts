import { describe, expect, it } from 'vitest';
import { maxQuantity, parseQuantity } from './orders.ts';
import { pageSize, paginate, parsePage } from './products.ts';
import { seedProducts } from './seed-products.ts';

describe('the seeded catalogue', () => {
	it('has unique addresses and more than two pages', () => {
		expect(new Set(seedProducts.map((product) => product.slug)).size).toBe(seedProducts.length);
		expect(seedProducts.every((product) => /^[a-z0-9-]+$/.test(product.slug))).toBe(true);
		expect(paginate(seedProducts, 1, pageSize).pageCount).toBeGreaterThan(2);
	});
});

describe('paginate', () => {
	it('shows every product exactly once, by name', () => {
		const { pageCount } = paginate(seedProducts, 1, pageSize);
		const names = Array.from({ length: pageCount }, (_, index) => paginate(seedProducts, index + 1, pageSize).products)
			.flat()
			.map((product) => product.name);
		expect(names).toEqual(seedProducts.map((product) => product.name).sort((left, right) => left.localeCompare(right, 'en')));
	});
	it.each([
		[0, 1],
		[-3, 1],
		[999, 3],
	])('takes page %i for page %i', (asked, shown) => {
		expect(paginate(seedProducts, asked, pageSize).page).toBe(shown);
	});
	it('has one empty page when there is nothing', () => {
		expect(paginate([], 1, pageSize)).toEqual({ products: [], page: 1, pageCount: 1, total: 0 });
	});
});

describe('parsePage', () => {
	it.each([
		['2', 2],
		['1', 1],
		['0', 1],
		['-1', 1],
		['1e3', 1],
		['2.5', 1],
		['x', 1],
		['', 1],
		[undefined, 1],
		[['2', '3'], 1],
		['99999999', 1],
	])('reads %j as %i', (value, page) => {
		expect(parsePage(value)).toBe(page);
	});
});

describe('parseQuantity', () => {
	it.each([
		['1', 5, 1],
		[' 5 ', 5, 5],
		['6', 5, null],
		['0', 5, null],
		['-1', 5, null],
		['1.5', 5, null],
		['', 5, null],
		['1e1', 50, null],
		[String(maxQuantity), 99, maxQuantity],
		[String(maxQuantity + 1), 99, null],
	])('reads %j with %i in stock as %j', (value, stock, quantity) => {
		expect(parseQuantity(value, stock)).toBe(quantity);
	});
});
