import { expect, it } from 'vitest';
import { findRoutePattern } from './route-pattern.ts';

it.each([
	['/', {}, '/'],
	['/orders', {}, '/orders'],
	['/products/rope', { slug: 'rope' }, '/products/[slug]'],
	['/products/products', { slug: 'products' }, '/products/[slug]'],
	['/products/b%20c', { slug: 'b c' }, '/products/[slug]'],
])('%s with %j is %s', (path, params, pattern) => expect(findRoutePattern(path, params)).toBe(pattern));
