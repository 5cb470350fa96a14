import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writePrivate } from './complete-secrets.mjs';
import { findFreePort } from './find-free-port.mjs';

const shopFolder = path.resolve(import.meta.dirname, '../..');

/**
 * Writes `holdfast.yaml` into a world's folder: the example's own configuration with this world's addresses and paths.
 *
 * @param {string} folder
 * @param {{ shop: string, convex: string, site: string }} urls
 * @param {{ ca?: string | undefined, template?: string | undefined }} [more] `ca`: file of the authority to trust, where they are https; `template`: in place
 *   of the example's own configuration.
 * @returns {Promise<{ file: string, dsn: string | null }>} The file, and where it wants the shop to report; null: nowhere.
 */
export async function writeServiceConfig(folder, urls, { ca, template = path.join(shopFolder, 'holdfast.yaml') } = {}) {
	const file = path.join(folder, 'holdfast.yaml');
	const text = await readFile(template, 'utf8');
	// Worlds beside each other, each with a Holdfast of its own.
	const ingestPort = await findFreePort(4001);
	const paths = { shop: path.relative(folder, shopFolder), ca: ca && path.resolve(ca) };
	const placed = placeServiceConfig(text, { ...urls, ingestPort }, paths);
	await writePrivate(file, placed);
	const [, project, key] = /ingest: \{ project: '(\d+)', keys: \[([0-9a-f]{32})\]/.exec(placed) ?? [];
	return { file, dsn: key === undefined ? null : `http://${key}@127.0.0.1:${ingestPort}/${project}` };
}

/**
 * The configuration for other addresses and another folder. Pure.
 *
 * @param {string} text Of examples/shop/holdfast.yaml.
 * @param {{ shop: string, convex: string, site: string, ingestPort?: number }} urls `ingestPort`: of what takes in what the shop reports; 4001 when absent.
 * @param {{ shop: string, ca?: string | undefined }} paths Of the example, from the folder of the new file; of an authority to trust.
 * @returns {string}
 */
export function placeServiceConfig(text, urls, { shop, ca }) {
	return text
		.replaceAll('http://localhost:3000', urls.shop)
		.replaceAll('http://127.0.0.1:3210', urls.convex)
		.replaceAll('http://127.0.0.1:3211', urls.site)
		.replace('port: 4001', `port: ${urls.ingestPort ?? 4001}`)
		.replaceAll(/127\.0\.0\.1:4001/g, `127.0.0.1:${urls.ingestPort ?? 4001}`)
		.replaceAll('.data/', '')
		.replace(/( +)private: true\n/, (all, indent) => (ca === undefined ? all : `${all}${indent}ca: { file: ${JSON.stringify(ca)} }\n`))
		.replace('runbook: RUNBOOK.md', `runbook: ${JSON.stringify(path.join(shop, 'RUNBOOK.md'))}`)
		.replace('checkout: .\n', `checkout: ${JSON.stringify(shop)}\n`);
}
