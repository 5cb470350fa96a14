/** The test authority of the benchmark: made by the same code that the tests of the checks use, compiled on the way. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../../../packages/checks/src/fixtures/make-certificates.ts', import.meta.url));

/**
 * @typedef {{ cert: string, key: string }} Certificate PEM
 * @typedef {{ from?: Date, to?: Date }} Validity
 * @typedef {{ ca: string, issue: (names: readonly string[], validity?: Validity) => Certificate }} Authority
 * @returns {Promise<{ makeAuthority: () => Authority, makeSelfSigned: (names: readonly string[], validity?: Validity) => Certificate }>}
 */
export async function loadCertificateMaker() {
	const folder = await mkdtemp(join(tmpdir(), 'holdfast-certificates-'));
	try {
		const { outputFiles } = await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', write: false });
		const file = join(folder, 'make-certificates.mjs');
		await writeFile(file, outputFiles[0]?.text ?? '');
		return await import(pathToFileURL(file).href);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
