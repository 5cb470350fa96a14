import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/**
 * A certificate and its key, read and tried before anything is started with them.
 *
 * @param {{ cert: string, key: string }} files
 * @returns {Promise<{ cert: string, key: string }>} PEM.
 * @throws {Error} When a file cannot be read, or the two are no certificate and its key.
 */
export async function readCertificate(files) {
	const pem = { cert: await read(files.cert), key: await read(files.key) };
	try {
		createSecureContext(pem);
	} catch (cause) {
		const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
		throw new Error(`expected a certificate in ${files.cert} and its key in ${files.key}, both PEM; OpenSSL says ${code}.`, { cause });
	}
	return pem;
}

/** @param {string} file */
async function read(file) {
	return readFile(file, 'utf8').catch((cause) => {
		throw new Error(`${file} cannot be read: ${cause.code}.`, { cause });
	});
}
