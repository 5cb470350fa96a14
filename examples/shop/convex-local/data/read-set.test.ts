import type { Value } from 'convex/values';
import { describe, expect, it } from 'vitest';
import type { Engine, RangeFilter } from '../engine/engine.d.ts';
import type { Document } from './data.d.ts';
import { findOverlap, readOfDocument, readOfQuery } from './read-set.mjs';

const product = (position: number, id = `${position}products`): Document => ({ _id: id, _creationTime: position, position });
/** As far as it is asked: equality of one field, and fields by their names. */
const engine = {
	evaluateFieldPath: (path: string, document: Document) => document[path] as Value | undefined,
	evaluateRangeFilter: (document: Document, filter: RangeFilter & { readonly value?: Value }) =>
		filter.type === 'Gte'
			? Number(document[filter.fieldPath]) >= Number(filter.value)
			: Number(document[filter.fieldPath]) < Number(filter.value),
} as Engine;

const range = (order: 'asc' | 'desc', part: { after?: Document; last?: Document } = {}) =>
	readOfQuery(
		engine,
		{
			type: 'IndexRange',
			indexName: 'products.by_position',
			range: [
				{ type: 'Gte', fieldPath: 'position', value: 10 },
				{ type: 'Lt', fieldPath: 'position', value: 20 },
			] as never,
		},
		{ sortedDocs: [], filterFn: () => true, limit: null, fieldPathsToSortBy: ['position', '_creationTime', '_id'], order },
		part,
	);
const covered = (read: ReturnType<typeof range>) => [9, 10, 14, 15, 16, 19, 20].filter((position) => read.covers(product(position)));

describe('a query has read', () => {
	it.each<[string, ReturnType<typeof range>, number[]]>([
		['its range, documents that are not there yet among it', range('asc'), [10, 14, 15, 16, 19]],
		['up to the document that it stopped at', range('asc', { last: product(15) }), [10, 14, 15]],
		['down to the document that it stopped at', range('desc', { last: product(15) }), [15, 16, 19]],
		['a page, from behind the one before', range('asc', { after: product(14), last: product(16) }), [15, 16]],
		['the last page, to the end of the range', range('asc', { after: product(15) }), [16, 19]],
	])('%s', (_what, read, positions) => {
		expect(covered(read)).toEqual(positions);
	});

	it('of documents at the same place those before the one that it stopped at', () => {
		const read = range('asc', { last: product(15, '5products') });
		const twins = ['4products', '5products', '6products'].map((_id) => ({ ...product(15), _id }));
		expect(twins.map((twin) => read.covers(twin))).toEqual([true, true, false]);
	});
});

describe('a write is among what was read', () => {
	const none = () => undefined;

	it.each<[string, Record<string, Document | null>, (id: string) => Document | undefined, string | undefined]>([
		['when it comes into the range', { '12products': product(12) }, none, '12products'],
		['when it leaves the range', { '12products': product(30, '12products') }, () => product(12), '12products'],
		['when it is removed', { '12products': null }, () => product(12), '12products'],
		['not when it was and is outside', { '30products': product(31, '30products') }, () => product(30), undefined],
		['not when it is of another table', { '12orders': product(12, '12orders') }, none, undefined],
	])('%s', (_when, writes, before, id) => {
		expect(findOverlap([range('asc')], writes, before)).toBe(id);
	});

	it('when it is the document that was looked for and not there', () => {
		expect(findOverlap([readOfDocument('12products')], { '12products': product(12) }, none)).toBe('12products');
	});
});
