import { randomUUID } from 'node:crypto';
import { convexToJson, jsonToConvex } from 'convex/values';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { Refusal } from './authenticate.mjs';
import { tableOf } from './database.mjs';
import { rows, tables } from './system.mjs';

/** Export and import in the layout of a real deployment. Numbers lose the difference between `1` and `1.0` here. @param {any} d */
export function createArchive(d) {
	/** @type {any} */ let latest = null;
	/** @type {Map<string, Buffer>} */ const parts = new Map();
	/** @type {Map<string, any>} */ const imports = new Map();
	/** @type {Uint8Array} */ let zip = new Uint8Array();
	return {
		latest: () => latest,
		zip: () => zip,
		imports: () => [...imports.values()].map(({ docs: _docs, replaced: _replaced, ...rest }) => rest),
		importState: (/** @type {string} */ id) => {
			const it = imports.get(id);
			return it ? { _id: it._id, state: it.state } : null;
		},
		request() {
			/** @type {Record<string, Uint8Array>} */
			const files = { 'README.md': strToU8('A snapshot of convex-local.\n') };
			const names = tables(d);
			const lines = (/** @type {any[]} */ list) => strToU8(list.map((it) => `${JSON.stringify(it)}\n`).join(''));
			files['_tables/documents.jsonl'] = lines(names.map((name, index) => ({ name, id: 10001 + index })));
			for (const name of names) {
				files[`${name}/documents.jsonl`] = lines(rows(d, name).map((doc) => convexToJson(doc)));
				files[`${name}/generated_schema.jsonl`] = strToU8('"uniform"\n');
			}
			zip = zipSync(files);
			const now = convexToJson(BigInt(Date.now()) * 1_000_000n);
			latest = {
				_id: randomUUID(),
				_creationTime: Date.now(),
				state: 'completed',
				start_ts: now,
				complete_ts: now,
				zip_object_key: 'local',
			};
			d.announce();
		},
		part(/** @type {Buffer} */ bytes) {
			const token = randomUUID();
			parts.set(token, bytes);
			return token;
		},
		finish(/** @type {any} */ { import: wanted, partTokens }) {
			const bytes = Buffer.concat(partTokens.map((/** @type {string} */ token) => parts.get(token) ?? Buffer.alloc(0)));
			for (const token of partTokens) parts.delete(token);
			/** @type {Map<string, any[]>} */
			const found = new Map();
			if (wanted.format?.format === 'zip' || wanted.format === 'zip') {
				for (const [name, content] of Object.entries(unzipSync(bytes))) {
					const table = /^(?:.*\/)?([^/]+)\/documents\.jsonl$/.exec(name)?.[1];
					if (table && !table.startsWith('_')) found.set(table, readLines(strFromU8(content)));
				}
			} else if (JSON.stringify(wanted.format).includes('array')) found.set(wanted.tableName, JSON.parse(String(bytes)));
			else found.set(wanted.tableName, readLines(String(bytes)));
			const all = d.database.all();
			const existing = Object.keys(all).filter(
				(id) => found.has(tableOf(id)) || (wanted.mode === 'replaceAll' && !tableOf(id).startsWith('_')),
			);
			const importId = randomUUID();
			const error = wanted.mode === 'requireEmpty' && existing.length > 0 ? 'Data already exists. Use --append or --replace.' : undefined;
			/** @type {any[]} */
			const docs = [...found].flatMap(([table, list]) =>
				list.map((it, index) => ({
					_id: `${String(Date.now() * 1000 + index).padStart(31 - table.length, '0')}${table}`,
					_creationTime: Date.now() + index / 1000,
					.../** @type {any} */ (jsonToConvex(it)),
				})),
			);
			imports.set(importId, {
				_id: importId,
				docs,
				replaced: wanted.mode.startsWith('replace') ? existing : [],
				state: error
					? { state: 'failed', error_message: error }
					: {
							state: 'waiting_for_confirmation',
							message_to_confirm: `Import ${docs.length} documents into ${[...found.keys()].join(', ')}?`,
							require_manual_confirmation: existing.length > 0,
						},
			});
			return { importId };
		},
		perform(/** @type {string} */ id) {
			const it = imports.get(id);
			if (!it) throw new Refusal(400, 'ImportNotFound', 'There is no such import.');
			d.database.put({
				...Object.fromEntries(it.replaced.map((/** @type {string} */ key) => [key, null])),
				...Object.fromEntries(it.docs.map((/** @type {any} */ doc) => [doc._id, doc])),
			});
			it.state = { state: 'completed', num_rows_written: convexToJson(BigInt(it.docs.length)), timestamp: Date.now() };
			d.announce();
		},
	};
}
/** @param {string} text @returns {any[]} */
const readLines = (text) =>
	text
		.split('\n')
		.filter((line) => line.trim())
		.map((line) => JSON.parse(line));
