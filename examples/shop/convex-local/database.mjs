import { AsyncLocalStorage } from 'node:async_hooks';
import {
	closeSync,
	existsSync,
	fstatSync,
	fsyncSync,
	ftruncateSync,
	openSync,
	readFileSync,
	renameSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { convexToJson, jsonToConvex } from 'convex/values';

/** @typedef {{ documents: number, bytes: number, written: number, writtenBytes: number, lines: { level: string, messages: string[], timestamp: number }[] }} Tally */
/** What the running function has read, written and said. @type {AsyncLocalStorage<Tally>} */
export const tally = new AsyncLocalStorage();

/**
 * Makes convex-test's database durable (each commit is one line, written and synced before it counts) and counts what is read.
 * @param {any} DatabaseFake @param {string} file
 * @param {() => void} changed called after each commit that wrote
 */
export function openDatabase(DatabaseFake, file, changed) {
	/** @type {Record<string, any>} */
	const documents = existsSync(file) ? replay(readFileSync(file, 'utf8')) : {};
	const next = `${file}.next`;
	const whole = openSync(next, 'w', 0o600);
	writeWhole(whole, Buffer.from(`${JSON.stringify(encode(documents))}\n`));
	closeSync(whole);
	renameSync(next, file);
	const log = openSync(file, 'a');
	/** @type {any} */
	let database;
	let inside = 0;
	const proto = DatabaseFake.prototype;
	const { startTransaction, commit, get, _resolveQuerySource: resolve, _evaluateQuery: evaluate, paginate } = proto;
	/** @param {Record<string, any>} writes */
	const append = (writes) => {
		const line = `${JSON.stringify(encode(writes))}\n`;
		writeWhole(log, Buffer.from(line));
		const now = tally.getStore();
		if (now) {
			now.written += Object.keys(writes).length;
			now.writtenBytes += line.length;
		}
	};
	Object.assign(proto, {
		/** @this {any} */
		startTransaction() {
			adopt(this);
			return startTransaction.call(this);
		},
		/** @this {any} @param {any} ts */
		commit(ts) {
			const last = { ...this._writes.at(-1) };
			const before = Object.fromEntries(Object.keys(last).map((id) => [id, this._documents[id]]));
			commit.call(this, ts);
			if (this._writes.length > 0 || Object.keys(last).length === 0) return;
			try {
				append(Object.fromEntries(Object.keys(last).map((id) => [id, this._documents[id] ?? null])));
			} catch (error) {
				// What is not on the disk has not happened.
				for (const [id, doc] of Object.entries(before)) {
					if (doc === undefined) delete this._documents[id];
					else this._documents[id] = doc;
				}
				throw error;
			}
			changed();
		},
		/** @this {any} @param {any} table @param {any} id */
		get(table, id) {
			const found = get.call(this, table, id);
			if (inside === 0 && found) count([found]);
			return found;
		},
		/** @this {any} @param {any} query */
		_resolveQuerySource(query) {
			inside++;
			try {
				return resolve.call(this, query);
			} finally {
				inside--;
			}
		},
		/** @this {any} @param {any} query */
		_evaluateQuery(query) {
			const { sortedDocs, filterFn, limit } = this._resolveQuerySource(query);
			let taken = 0;
			const read = [];
			for (const doc of sortedDocs) {
				if (limit !== null && taken >= limit) break;
				read.push(doc);
				if (filterFn(doc)) taken++;
			}
			count(read);
			return evaluate.call(this, query);
		},
		/** @this {any} @param {any} options */
		paginate(options) {
			const answer = paginate.call(this, options);
			count(answer.page);
			return answer;
		},
	});
	/** @param {any} it */
	function adopt(it) {
		if (database) return;
		database = it;
		Object.assign(it._documents, documents);
		for (const doc of Object.values(documents)) passBy(it, doc);
	}
	/** What comes after gets a later time and an id of its own. @param {any} it @param {any} doc */
	function passBy(it, doc) {
		it._lastCreationTime = Math.max(it._lastCreationTime, doc._creationTime ?? 0);
		it._nextDocId = Math.max(it._nextDocId, Number.parseInt(doc._id, 10) + 1 || 0);
	}
	return {
		/** Every document there is, by id. @returns {Record<string, any>} */
		all: () => database?._documents ?? documents,
		/** Writes documents as they are (null deletes), as an import does. @param {Record<string, any>} writes */
		put(writes) {
			append(writes);
			const all = database?._documents ?? documents;
			for (const [id, doc] of Object.entries(writes)) {
				if (doc === null) delete all[id];
				else all[id] = doc;
				if (database && doc !== null) passBy(database, doc);
			}
			changed();
		},
		close: () => closeSync(log),
	};
}

/** The table of a document, which convex-test keeps in its id. @param {string} id */
export const tableOf = (id) => id.replace(/^\d+/, '');

/** @param {any[]} docs */
function count(docs) {
	const now = tally.getStore();
	if (!now) return;
	now.documents += docs.length;
	for (const doc of docs) now.bytes += JSON.stringify(convexToJson(doc)).length;
}

/** @param {Record<string, any>} writes */
const encode = (writes) => Object.fromEntries(Object.entries(writes).map(([id, doc]) => [id, doc === null ? null : convexToJson(doc)]));

/** A torn last line, left by a kill, was never acknowledged. @param {string} text */
function replay(text) {
	/** @type {Record<string, any>} */
	const documents = {};
	for (const line of text.split('\n').slice(0, -1))
		for (const [id, doc] of Object.entries(JSON.parse(line))) {
			if (doc === null) delete documents[id];
			else documents[id] = jsonToConvex(/** @type {any} */ (doc));
		}
	return documents;
}

/** A small JSON file, replaced whole. @template T @param {string} file @param {T} initial */
export function openSettings(file, initial) {
	const value = /** @type {T} */ (existsSync(file) ? { ...initial, ...JSON.parse(readFileSync(file, 'utf8')) } : initial);
	return {
		value,
		save() {
			writeFileSync(`${file}.next`, JSON.stringify(value), { mode: 0o600, flush: true });
			renameSync(`${file}.next`, file);
		},
	};
}

/** On the disk when it returns; where that fails nothing of it is left. @param {number} file @param {Buffer} bytes */
function writeWhole(file, bytes) {
	const { size } = fstatSync(file);
	try {
		for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
		fsyncSync(file);
	} catch (error) {
		ftruncateSync(file, size);
		throw error;
	}
}
