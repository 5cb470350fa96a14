import { jsonToConvex } from 'convex/values';
import { countRead, countScheduled, countWrite } from './count-transaction.mjs';
import { readOfDocument, readOfQuery, tableOf } from './read-set.mjs';

/** @import { Document, Transaction } from './data.d.ts' */
/** @import { Engine, EngineDatabase, PageRequest, QuerySource } from '../engine/engine.d.ts' */

/**
 * Watches the engine's database: what a transaction reads and writes is counted as a deployment counts it (each document that was looked at, also
 * when a filter drops it) and bounded by the limits of one transaction, in the service's words (crates/database/src/reads.rs and writes.rs of
 * get-convex/convex-backend). What the outermost transaction would commit is kept for the committer.
 * @param {Engine} engine @param {() => Transaction | undefined} current
 */
export function observeEngine({ DatabaseFake, ...engine }, current) {
	const { prototype } = DatabaseFake;
	const original = { ...methodsOf(prototype) };
	/** How deep the engine is in work of its own, whose reads are part of one that is counted already. */
	let inside = 0;
	/** @template R @param {() => R} work @returns {R} */
	function uncounted(work) {
		inside++;
		try {
			return work();
		} finally {
			inside--;
		}
	}
	const opened = { DatabaseFake, ...engine };

	/** @param {EngineDatabase} database @param {PageRequest['query']} query */
	const resolve = (database, query) => uncounted(() => original._resolveQuerySource.call(database, query));
	/** @param {PageRequest['query']['source']} source @param {QuerySource} resolved @param {Parameters<typeof readOfQuery>[3]} part @param {readonly Document[]} read */
	const note = (source, resolved, part, read) => {
		const transaction = current();
		if (!transaction) return;
		const range = readOfQuery(opened, source, resolved, part);
		transaction.reads.push(range);
		if (!range.table.startsWith('_')) countRead(transaction.usage, JSON.stringify(source), read);
	};
	/** @param {string} table @param {Document | null} document @param {Record<string, unknown>} [value] */
	const noteWrite = (table, document, value) => {
		const transaction = current();
		if (!transaction) return;
		if (table === '_scheduled_functions' && value?.scheduledTime !== undefined) countScheduled(transaction.usage);
		if (!table.startsWith('_')) countWrite(transaction.usage, document);
	};

	Object.assign(
		prototype,
		/** @type {ThisType<EngineDatabase> & Partial<EngineDatabase>} */ ({
			commit(timestamp) {
				const transaction = current();
				const outermost = this._writes.length === 1;
				if (!outermost || !transaction) return original.commit.call(this, timestamp);
				// Committed as the engine does it, to get the values as they are committed, and taken back.
				const writes = this._writes[0] ?? {};
				const before = Object.keys(writes).map((id) => /** @type {const} */ ([id, this._documents[id]]));
				original.commit.call(this, timestamp);
				for (const [id, old] of before) {
					transaction.writes[id] = this._documents[id] ?? null;
					if (old === undefined) delete this._documents[id];
					else this._documents[id] = old;
				}
			},
			get(table, id) {
				const found = original.get.call(this, table, id);
				const transaction = current();
				const ownWrite = this._writes.some((level) => level[id] !== undefined);
				if (transaction && inside === 0 && !ownWrite) {
					transaction.reads.push(readOfDocument(id));
					if (!tableOf(id).startsWith('_')) countRead(transaction.usage, id, found ? [found] : []);
				}
				return found;
			},
			insert(table, value) {
				const id = uncounted(() => original.insert.call(this, table, value));
				noteWrite(
					table,
					uncounted(() => original.get.call(this, table, id)),
					value,
				);
				return id;
			},
			patch(table, id, value) {
				uncounted(() => original.patch.call(this, table, id, value));
				noteWrite(
					tableOf(id),
					uncounted(() => original.get.call(this, table, id)),
				);
			},
			replace(table, id, value) {
				uncounted(() => original.replace.call(this, table, id, value));
				noteWrite(
					tableOf(id),
					uncounted(() => original.get.call(this, table, id)),
				);
			},
			delete(table, id) {
				uncounted(() => original.delete.call(this, table, id));
				noteWrite(tableOf(id), null);
			},
			_evaluateQuery(query) {
				const resolved = resolve(this, query);
				const read = takeRead(resolved);
				const stoppedEarly = read.length < resolved.sortedDocs.length || (resolved.limit !== null && isFull(resolved, read));
				note(query.source, resolved, stoppedEarly ? { last: read.at(-1) } : {}, read);
				return uncounted(() => original._evaluateQuery.call(this, query));
			},
			paginate(request) {
				const resolved = resolve(this, request.query);
				const answer = uncounted(() => original.paginate.call(this, request));
				const { after, read, last } = readOfPage(this, resolved, request, answer);
				note(request.query.source, resolved, { after, last }, read);
				return answer;
			},
			vectorSearch(indexName, vector, expressions, limit) {
				current()?.reads.push({ table: /** @type {string} */ (indexName.split('.')[0]), covers: () => true });
				return uncounted(() => original.vectorSearch.call(this, indexName, vector, expressions, limit));
			},
		}),
	);
}

/** @param {EngineDatabase} prototype */
function methodsOf({ commit, get, insert, patch, replace, delete: remove, paginate, vectorSearch, _resolveQuerySource, _evaluateQuery }) {
	return { commit, get, insert, patch, replace, delete: remove, paginate, vectorSearch, _resolveQuerySource, _evaluateQuery };
}

/** Documents up to the one that fills the limit. @param {QuerySource} source */
function takeRead({ sortedDocs, filterFn, limit }) {
	let taken = 0;
	const read = [];
	for (const document of sortedDocs) {
		if (limit !== null && taken >= limit) break;
		read.push(document);
		if (filterFn(document)) taken++;
	}
	return read;
}

/** @param {QuerySource} source @param {readonly Document[]} read */
const isFull = ({ filterFn, limit }, read) => limit !== null && read.filter(filterFn).length >= limit;

/**
 * What a page was read from: after the document of its cursor, up to the one of the cursor that continues.
 * @param {EngineDatabase} database @param {QuerySource} resolved @param {PageRequest} request @param {import('../engine/engine.d.ts').Page} answer
 */
function readOfPage(database, { sortedDocs, fieldPathsToSortBy, order }, { cursor }, { isDone, continueCursor }) {
	const fields = fieldPathsToSortBy.includes('_id') ? fieldPathsToSortBy : [...fieldPathsToSortBy, '_id'];
	/** The index of the first document beyond a cursor. @param {string} given */
	const beyond = (given) => {
		const keys = parseCursor(given);
		const found = sortedDocs.findIndex((document) => database._docIsAfterCursor(document, keys, fields, order) > 0);
		return found < 0 ? sortedDocs.length : found;
	};
	const from = cursor === null || cursor === '' ? 0 : cursor === '_end_cursor' ? sortedDocs.length : beyond(cursor);
	const to = isDone ? sortedDocs.length : beyond(continueCursor);
	return {
		after: from > 0 ? sortedDocs[from - 1] : undefined,
		read: sortedDocs.slice(from, to),
		last: isDone ? undefined : sortedDocs[to - 1],
	};
}

/** @param {string} cursor as convex-test writes it @returns {(import('convex/values').Value | undefined)[]} */
const parseCursor = (cursor) =>
	JSON.parse(cursor).map((/** @type {string | null} */ key) => (key === null ? undefined : jsonToConvex(JSON.parse(key))));
