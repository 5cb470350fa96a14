import { expect, it } from 'vitest';
import { readRoute } from './read-route.ts';

it.each([
	['/products/[slug]', '/products/[slug]'],
	['/docs/[[...path]]', '/docs/[[...path]]'],
	['/', '/'],
	['/orders/4711', '/orders/*'],
	['/u/a-very-long-name-of-somebody', '/u/*'],
	['/search?q=secret#top', '/search'],
	['/a/b/c/d/e/f/g/h/i/j/k/l/m/n', '/a/b/c/d/e/f/g/h/i/j/k'],
	['/a\u0000b', '/*'],
	['https://x.example/', null],
	['', null],
	[4, null],
])('%j is %j', (raw, route) => {
	expect(readRoute(raw)).toBe(route);
});
