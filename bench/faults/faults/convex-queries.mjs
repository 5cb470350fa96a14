import { defineFaults } from '../fault.mjs';
import { readsFarTooMuch, slower } from '../symptoms/symptoms.mjs';

/** A page of the catalogue that nobody has asked for yet: what is asked again comes from the deployment's cache. */
let page = 100;
const nextPage = () => `/products?page=${++page}`;

/** Queries that cost more than they should. */
export const convexQueries = defineFaults([
	{
		id: 'query-without-index',
		title: 'a push made the product list read the whole table and filter it',
		symptom: readsFarTooMuch(1000),
		causes: ['slow/2'],
		root: /^scans\./,
		alsoRoots: /^latency\./,
		make: async (world) => {
			await world.addProducts(4000);
			await world.editFunctions('products.ts', (source) => world.dropIndex(source));
			await world.visit(['/products', '/', '/products', '/products', '/', '/products']);
		},
	},
	{
		id: 'query-slow',
		title: 'a push made the product list compute for more than a second',
		symptom: slower({ path: nextPage, ms: 1000 }),
		causes: ['slow/2'],
		root: /^latency\.slow-query$/,
		alsoRoots: /^latency\./,
		make: async (world) => {
			await world.editFunctions('products.ts', (source) =>
				source.replaceAll(
					/handler:\s*async\s*\(([^)]*)\)(\s*:\s*[^=]+)?\s*=>\s*\{/g,
					(all) => `${all} for (const end = Date.now() + 1200; Date.now() < end; ) Math.sqrt(end);`,
				),
			);
			await world.visit(Array.from({ length: 6 }, nextPage));
		},
	},
]);
