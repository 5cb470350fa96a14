import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** @type {Readonly<Record<string, () => string>>} */
const makers = {
	SESSION_SECRET: () => randomBytes(48).toString('base64url'),
	CSRF_SECRET: () => randomBytes(48).toString('base64url'),
	HOLDFAST_TOKEN: () => randomBytes(32).toString('base64url'),
	HOLDFAST_FINGERPRINT_KEY: () => randomBytes(32).toString('base64url'),
	SHOP_JWT_PRIVATE_KEY: () =>
		generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
	CONVEX_ADMIN_KEY: () => `shop-local|${randomBytes(32).toString('hex')}`,
	SHOP_DEMO_PASSWORD: () => randomBytes(12).toString('base64url'),
	SHOP_SYNTHETIC_PASSWORD: () => randomBytes(24).toString('base64url'),
};

/** Names of the secrets that a world makes for itself. */
export const secretNames = Object.keys(makers);

/**
 * Gives `environment` the secrets that it lacks: from `secrets.env` in the folder, or freshly made and kept there (mode 0600).
 * What the environment already says wins, even an empty value: that is how an operator takes a secret away.
 *
 * @param {string} folder
 * @param {Record<string, string | undefined>} environment Completed in place.
 * @returns {Promise<{ file: string, made: Set<string> }>} The file, and the names that were made now.
 */
export async function completeSecrets(folder, environment) {
	await makeFolder(folder);
	const file = path.join(folder, 'secrets.env');
	const kept = parseEnv(await readFile(file, 'utf8').catch((cause) => (cause.code === 'ENOENT' ? '' : Promise.reject(cause))));
	/** @type {Map<string, string>} */
	const made = new Map();
	for (const [name, make] of Object.entries(makers)) {
		if (environment[name] !== undefined) continue;
		if (kept[name] === undefined) made.set(name, make());
		environment[name] = kept[name] ?? made.get(name);
	}
	if (made.size > 0) await writePrivate(file, formatEnv({ ...kept, ...Object.fromEntries(made) }));
	await chmod(file, 0o600).catch((cause) => (cause.code === 'ENOENT' ? undefined : Promise.reject(cause)));
	return { file, made: new Set(made.keys()) };
}

/**
 * Writes a file that nobody else may read, whole or not at all.
 *
 * @param {string} file
 * @param {string} content
 */
export async function writePrivate(file, content) {
	const draft = `${file}.${process.pid}.tmp`;
	await writeFile(draft, content, { mode: 0o600 });
	await rename(draft, file);
}

/** @param {Readonly<Record<string, string | undefined>>} values */
export function formatEnv(values) {
	return Object.entries(values)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
		.join('');
}

/**
 * Not `recursive: true`: where a file system refuses new folders with ENOENT (/proc), Node tries for ever.
 *
 * @param {string} folder
 * @returns {Promise<void>}
 */
async function makeFolder(folder) {
	try {
		await mkdir(folder, { mode: 0o700 });
	} catch (cause) {
		const code = /** @type {NodeJS.ErrnoException} */ (cause).code;
		if (code === 'EEXIST') return;
		const parent = path.dirname(folder);
		if (code !== 'ENOENT' || existsSync(parent)) throw cause;
		await makeFolder(parent);
		await mkdir(folder, { mode: 0o700 });
	}
}
