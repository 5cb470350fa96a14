import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';

const makers = {
	SESSION_SECRET: () => randomBytes(48).toString('base64url'),
	CSRF_SECRET: () => randomBytes(48).toString('base64url'),
	HOLDFAST_TOKEN: () => randomBytes(32).toString('base64url'),
	SHOP_DEMO_PASSWORD: () => randomBytes(12).toString('base64url'),
};

/**
 * Gives `environment` the secrets that it lacks: from `shop.env` in the data folder, or freshly made and kept there (mode 0600).
 * What the environment already says wins, even an empty value: that is how an operator takes a secret away.
 * Returns the file and the names that were made now.
 */
export async function completeSecrets(folder, environment) {
	await makeFolder(folder);
	const file = path.join(folder, 'shop.env');
	const kept = parseEnv(await readFile(file, 'utf8').catch((cause) => (cause.code === 'ENOENT' ? '' : Promise.reject(cause))));
	const made = new Map();
	for (const [name, make] of Object.entries(makers)) {
		if (environment[name] !== undefined) continue;
		if (kept[name] === undefined) made.set(name, make());
		environment[name] = kept[name] ?? made.get(name);
	}
	if (made.size > 0) {
		const all = { ...kept, ...Object.fromEntries(made) };
		const draft = `${file}.${process.pid}.tmp`;
		await writeFile(
			draft,
			Object.entries(all)
				.map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
				.join(''),
			{ mode: 0o600 },
		);
		await rename(draft, file);
	}
	await chmod(file, 0o600).catch((cause) => (cause.code === 'ENOENT' ? undefined : Promise.reject(cause)));
	return { file, made: new Set(made.keys()) };
}

// Not `recursive: true`: where a file system refuses new folders with ENOENT (/proc), Node tries for ever.
async function makeFolder(folder) {
	try {
		await mkdir(folder, { mode: 0o700 });
	} catch (cause) {
		if (cause.code === 'EEXIST') return;
		const parent = path.dirname(folder);
		if (cause.code !== 'ENOENT' || existsSync(parent)) throw cause;
		await makeFolder(parent);
		await mkdir(folder, { mode: 0o700 });
	}
}
