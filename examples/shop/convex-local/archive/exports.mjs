import { randomUUID } from 'node:crypto';
import { convexToJson } from 'convex/values';
import { strToU8, zipSync } from 'fflate';
import { tablesOf } from '../http/ask-system.mjs';
import { writeExportJson } from './export-json.mjs';

/** @import { JSONValue, Value } from 'convex/values' */
/** @import { Archive } from './archive.d.ts' */
/** @import { Deployment } from '../deployment.d.ts' */

/** Table numbers of an application begin here. */
const FIRST_TABLE = 10_001;

/**
 * Snapshots as `convex export` gets them (crates/exports of get-convex/convex-backend). One is done when it has been asked for, so that no second
 * ever finds a first under way (ExportInProgress).
 * @param {Deployment} deployment
 * @returns {Pick<Archive, 'latestExport' | 'requestExport' | 'exportedZip'>}
 */
export function createExports(deployment) {
	/** @type {Record<string, JSONValue> | null} */
	let latest = null;
	/** @type {Uint8Array} */
	let zip = new Uint8Array();
	return {
		latestExport: () => latest,
		exportedZip: () => zip,
		requestExport() {
			const names = tablesOf(deployment);
			/** @type {Record<string, Uint8Array>} */
			const files = { 'README.md': strToU8('A snapshot of convex-local.\n') };
			files['_tables/documents.jsonl'] = strToU8(
				names.map((name, index) => `${JSON.stringify({ name, id: FIRST_TABLE + index })}\n`).join(''),
			);
			for (const name of names) {
				const rows = deployment.database.rows(name);
				files[`${name}/documents.jsonl`] = strToU8(rows.map((row) => `${writeExportJson(/** @type {Value} */ (row))}\n`).join(''));
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
			deployment.announce();
		},
	};
}
