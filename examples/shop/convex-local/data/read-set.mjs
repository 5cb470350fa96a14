import { compareValues } from 'convex/values';

/** @import { Document, ReadRange, Writes } from './data.d.ts' */
/** @import { Engine, EngineQuery, QuerySource } from '../engine/engine.d.ts' */

/** The table of a document, which convex-test keeps in its id. @param {string} id */
export const tableOf = (id) => id.replace(/^\d+/, '');

/** One document, there or not. @param {string} id @returns {ReadRange} */
export const readOfDocument = (id) => ({ table: tableOf(id), covers: (document) => document._id === id });

/**
 * What a query has looked at: its range of the index, as far as it was read. As in the service a filter makes the range no smaller
 * (crates/database/src/reads.rs, `overlaps`).
 * @param {Engine} engine @param {EngineQuery['source']} source
 * @param {QuerySource} resolved
 * @param {{ after?: Document | undefined, last?: Document | undefined }} part the document before the first that was read, when it began in the
 *   middle, and the last, when it stopped before the end
 * @returns {ReadRange}
 */
export function readOfQuery(engine, source, { fieldPathsToSortBy, order }, { after, last }) {
	const table = source.type === 'FullTableScan' ? source.tableName : /** @type {string} */ (source.indexName.split('.')[0]);
	const filters = source.type === 'IndexRange' ? source.range : [];
	const direction = order === 'asc' ? 1 : -1;
	/** @param {Document} left @param {Document} right */
	const place = (left, right) => {
		for (const field of [...fieldPathsToSortBy, '_id']) {
			const compared = compareValues(engine.evaluateFieldPath(field, left), engine.evaluateFieldPath(field, right));
			if (compared !== 0) return compared * direction;
		}
		return 0;
	};
	return {
		table,
		covers: (document) =>
			filters.every((filter) => engine.evaluateRangeFilter(document, filter)) &&
			(after === undefined || place(document, after) > 0) &&
			(last === undefined || place(document, last) <= 0),
	};
}

/**
 * The first document whose change would have been read, by what it was before or is now.
 * @param {readonly ReadRange[]} reads @param {Writes} writes @param {(id: string) => Document | undefined} before
 * @returns {string | undefined} its id
 */
export function findOverlap(reads, writes, before) {
	for (const [id, after] of Object.entries(writes)) {
		const table = tableOf(id);
		const ranges = reads.filter((range) => range.table === table);
		if (ranges.length === 0) continue;
		const old = before(id);
		if (ranges.some(({ covers }) => (after !== null && covers(after)) || (old !== undefined && covers(old)))) return id;
	}
	return undefined;
}
