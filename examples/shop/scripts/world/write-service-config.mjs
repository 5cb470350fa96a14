import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writePrivate } from './complete-secrets.mjs';

const shopFolder = path.resolve(import.meta.dirname, '../..');

/**
 * Writes `holdfast.yaml` into a world's folder: the example's own configuration with this world's addresses and paths.
 *
 * @param {string} folder
 * @param {{ shop: string, convex: string, site: string }} urls
 * @returns {Promise<string>} The file.
 */
export async function writeServiceConfig(folder, urls) {
	const file = path.join(folder, 'holdfast.yaml');
	const text = await readFile(path.join(shopFolder, 'holdfast.yaml'), 'utf8');
	await writePrivate(file, placeServiceConfig(text, urls, path.relative(folder, shopFolder)));
	return file;
}

/**
 * The configuration for other addresses and another folder. Pure.
 *
 * @param {string} text Of examples/shop/holdfast.yaml.
 * @param {{ shop: string, convex: string, site: string }} urls
 * @param {string} shop Path of the example from the folder of the new file.
 * @returns {string}
 */
export function placeServiceConfig(text, urls, shop) {
	return text
		.replaceAll('http://localhost:3000', urls.shop)
		.replaceAll('http://127.0.0.1:3210', urls.convex)
		.replaceAll('http://127.0.0.1:3211', urls.site)
		.replaceAll('.data/', '')
		.replace('runbook: RUNBOOK.md', `runbook: ${JSON.stringify(path.join(shop, 'RUNBOOK.md'))}`)
		.replace('checkout: .\n', `checkout: ${JSON.stringify(shop)}\n`);
}
