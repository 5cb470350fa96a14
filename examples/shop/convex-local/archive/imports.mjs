import { randomUUID } from 'node:crypto';
import { convexToJson, jsonToConvex } from 'convex/values';
import { strFromU8, unzipSync } from 'fflate';
import { tableOf } from '../data/read-set.mjs';
import { Refusal } from '../refusal.mjs';
import { readExportJson } from './export-json.mjs';

/** @import { JSONValue } from 'convex/values' */
/** @import { Archive, ImportRequest } from './archive.d.ts' */
/** @import { Document, Writes } from '../data/data.d.ts' */
/** @import { Deployment } from '../deployment.d.ts' */
/** @typedef {{ id: string, documents: Document[], replaced: string[], state: Record<string, JSONValue> }} Job */

const TABLE_FILE = /^(?:.*\/)?([^/]+)\/documents\.jsonl$/;

/**
 * Imports as `convex import` makes them (crates/application/src/snapshot_import): uploaded in parts, confirmed, then done in one commit. Documents are
 * not held against the schema.
 * @param {Deployment} deployment
 * @returns {Pick<Archive, 'imports' | 'importState' | 'addPart' | 'finishUpload' | 'performImport' | 'cancelImport'>}
 */
export function createImports(deployment) {
	const { database, announce } = deployment;
	/** @type {Map<string, Buffer>} */
	const parts = new Map();
	/** @type {Map<string, Job>} */
	const jobs = new Map();
	/** @param {string} id */
	const find = (id) => {
		const job = jobs.get(id);
		if (!job) throw new Refusal(400, 'ImportNotFound', 'There is no such import.');
		return job;
	};
	return {
		imports: () => [...jobs.values()].map(({ id, state }) => ({ _id: id, state })),
		importState: (id) => {
			const job = jobs.get(id);
			return job ? { _id: id, state: job.state } : null;
		},
		addPart(bytes) {
			const token = randomUUID();
			parts.set(token, bytes);
			return token;
		},
		finishUpload({ import: wanted, partTokens }) {
			const bytes = Buffer.concat(partTokens.map((token) => parts.get(token) ?? Buffer.alloc(0)));
			for (const token of partTokens) parts.delete(token);
			const found = readTables(bytes, wanted);
			const existing = Object.keys(database.all()).filter(
				(id) => found.has(tableOf(id)) || (wanted.mode === 'replaceAll' && !tableOf(id).startsWith('_')),
			);
			const documents = [...found].flatMap(([table, rows]) => rows.map((row, index) => complete(row, database.newId(table), index)));
			const id = randomUUID();
			/** @type {Record<string, JSONValue>} */
			const state =
				wanted.mode === 'requireEmpty' && existing.length > 0
					? { state: 'failed', error_message: 'Data already exists. Use --append or --replace.' }
					: {
							state: 'waiting_for_confirmation',
							message_to_confirm: `Import ${documents.length} documents into ${[...found.keys()].join(', ')}?`,
							require_manual_confirmation: existing.length > 0,
						};
			jobs.set(id, { id, documents, replaced: wanted.mode.startsWith('replace') ? existing : [], state });
			return { importId: id };
		},
		async performImport(id) {
			const job = find(id);
			/** @type {Writes} */
			const writes = Object.fromEntries(job.replaced.map((key) => [key, null]));
			for (const document of job.documents) writes[document._id] = document;
			await database.committer.commit({ writes });
			jobs.set(id, {
				...job,
				documents: [],
				state: { state: 'completed', num_rows_written: convexToJson(BigInt(job.documents.length)), timestamp: Date.now() },
			});
			announce();
		},
		cancelImport(id) {
			jobs.set(id, { ...find(id), documents: [], state: { state: 'failed', error_message: 'The import was cancelled.' } });
			announce();
		},
	};
}

/** Documents by table: of a snapshot, of an array or of lines. @param {Buffer} bytes @param {ImportRequest['import']} wanted @returns {Map<string, Partial<Document>[]>} */
function readTables(bytes, { format, tableName }) {
	const kind = typeof format === 'string' ? format : (format.format ?? '');
	if (kind !== 'zip') {
		const text = bytes.toString('utf8');
		const rows = /array/.test(kind) ? /** @type {JSONValue[]} */ (JSON.parse(text)).map(jsonToConvex) : readLines(text, readPlainJson);
		return new Map([[String(tableName), /** @type {Partial<Document>[]} */ (rows)]]);
	}
	const files = unzipSync(bytes);
	return new Map(
		Object.entries(files).flatMap(([name, content]) => {
			const table = TABLE_FILE.exec(name)?.[1];
			if (!table || table.startsWith('_')) return [];
			// Only an export, which has this file, tells integers from other numbers.
			const isExport = Object.hasOwn(files, name.replace(/documents\.jsonl$/, 'generated_schema.jsonl'));
			return [/** @type {const} */ ([table, readLines(strFromU8(content), isExport ? readExportJson : readPlainJson)])];
		}),
	);
}

/** @param {string} text */
const readPlainJson = (text) => jsonToConvex(/** @type {JSONValue} */ (JSON.parse(text)));

/** @param {string} text @param {(line: string) => import('convex/values').Value} read @returns {Partial<Document>[]} */
const readLines = (text, read) =>
	text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => /** @type {Partial<Document>} */ (read(line)));

/** A document that brings no id or time of its own gets them. @param {Partial<Document>} row @param {string} id @param {number} index @returns {Document} */
const complete = (row, id, index) => ({ ...row, _id: row._id ?? id, _creationTime: row._creationTime ?? Date.now() + index / 1000 });
