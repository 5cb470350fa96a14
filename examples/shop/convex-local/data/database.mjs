import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { createCommitter } from './committer.mjs';
import { nothingUsed } from './count-transaction.mjs';
import { openJournal } from './journal.mjs';
import { observeEngine } from './observe-engine.mjs';
import { tableOf } from './read-set.mjs';

/** @import { AuditEvent, Database, Document, SessionResult, Transaction, Writes } from './data.d.ts' */
/** @import { Engine, EngineDatabase } from '../engine/engine.d.ts' */

const SESSIONS = '_session_requests';
const AUDIT = '_deployment_audit_log';
/** Kept beside the application's documents, where the engine does not look at them. */
const OWN_TABLES = new Set([SESSIONS, AUDIT]);
/** How long a mutation of a session is known when it is sent again. */
const SESSION_MS = 24 * 60 * 60 * 1000;

/**
 * Gives convex-test's database a file and versions. The engine runs one transaction at a time and at once; what it would have committed is held back
 * here until it is judged and on disk, so that others run meanwhile and conflicts are real.
 * @param {Engine} engine @param {string} file
 * @param {{ announce: () => void, bytesPerSecond: number }} options announce is called after each commit
 * @returns {Promise<Database & { adopt: (engineDatabase: EngineDatabase) => void }>}
 */
export async function openDatabase(engine, file, { announce, bytesPerSecond }) {
	const journal = await openJournal(file);
	/** @type {Record<string, Document>} */
	let documents = {};
	/** @type {Map<string, Document>} */
	const own = new Map();
	/** @type {EngineDatabase | undefined} */
	let engineDatabase;
	/** @type {AsyncLocalStorage<Transaction | undefined>} */
	const transactions = new AsyncLocalStorage();

	/** @param {Writes} writes */
	function apply(writes) {
		for (const [id, document] of Object.entries(writes)) {
			if (OWN_TABLES.has(tableOf(id))) {
				if (document) own.set(id, document);
				else own.delete(id);
			} else if (document === null) delete documents[id];
			else {
				documents[id] = document;
				passBy(document);
			}
		}
	}
	/** What the engine makes later gets a later time and an id of its own. @param {Document} document */
	function passBy({ _id, _creationTime }) {
		if (!engineDatabase) return;
		engineDatabase._lastCreationTime = Math.max(engineDatabase._lastCreationTime, _creationTime);
		engineDatabase._nextDocId = Math.max(engineDatabase._nextDocId, Number.parseInt(_id, 10) + 1 || 0);
	}

	apply(journal.documents);
	for (const [id, { _creationTime }] of own) if (tableOf(id) === SESSIONS && _creationTime < Date.now() - SESSION_MS) own.delete(id);
	const committer = createCommitter({ journal, document: (id) => documents[id] ?? own.get(id), apply, announce, bytesPerSecond });
	observeEngine(engine, () => transactions.getStore());

	const newId = (/** @type {string} */ table) => {
		if (engineDatabase && !OWN_TABLES.has(table)) return engineDatabase._generateId(table);
		return `${BigInt(`0x${randomBytes(10).toString('hex')}`)}${table}`;
	};
	return {
		committer,
		/** Puts the documents that were found on disk into the engine's database. */
		adopt(found) {
			engineDatabase = found;
			Object.assign(found._documents, documents);
			documents = found._documents;
			for (const document of Object.values(documents)) passBy(document);
		},
		all: () => documents,
		tables: () => [...new Set(Object.keys(documents).map(tableOf))].filter((table) => !table.startsWith('_')),
		rows: (table) =>
			Object.values(documents)
				.filter(({ _id }) => tableOf(_id) === table)
				.sort((left, right) => left._creationTime - right._creationTime),
		newId,
		begin() {
			const { promise, resolve } = promiseWithResolver();
			return {
				reads: [],
				usage: nothingUsed(),
				version: committer.version(),
				writes: {},
				observedTime: false,
				settled: promise,
				settle: resolve,
			};
		},
		within: (transaction, work) => transactions.run(transaction, work),
		current: () => transactions.getStore(),
		// Not `exit`, which a `run` inside ends before its time (Node.js 20).
		outside: (work) => transactions.run(undefined, work),
		sessionResult: (session) => {
			const found = own.get(sessionKey(session));
			return typeof found?.value === 'string' ? { value: JSON.parse(found.value) } : undefined;
		},
		sessionRecord: (session, { value }) => {
			const _id = sessionKey(session);
			return { [_id]: { _id, _creationTime: Date.now(), ...session, value: JSON.stringify(value) } };
		},
		auditLog: () =>
			[...own.values()]
				.filter(({ _id }) => tableOf(_id) === AUDIT)
				.sort((left, right) => left._creationTime - right._creationTime)
				.map((event) => /** @type {AuditEvent} */ (/** @type {object} */ (event))),
		async close() {
			await committer.idle();
			await journal.close();
		},
	};
}

/** Made of nothing but the request, so that the same one is found again: `0<session without dashes as digits>…`. @param {import('./data.d.ts').SessionRequest} session */
function sessionKey({ sessionId, requestId }) {
	const digits = BigInt(`0x${Buffer.from(sessionId).toString('hex') || '0'}`);
	return `${digits}${String(requestId).padStart(12, '0')}${SESSIONS}`;
}

/** @returns {{ promise: Promise<void>, resolve: () => void }} */
function promiseWithResolver() {
	/** @type {() => void} */
	let resolve = () => {};
	const promise = new Promise((done) => {
		resolve = () => done(undefined);
	});
	return { promise: /** @type {Promise<void>} */ (promise), resolve };
}
