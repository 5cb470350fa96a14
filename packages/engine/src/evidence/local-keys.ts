import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeHome } from '../history/local-history.ts';
import type { InstanceKey, KeyPort } from '../ports.ts';

/**
 * The instance's Ed25519 key: `.holdfast/keys/evidence.pem` (PKCS #8, mode 0600) beside the configuration, made when it is first needed.
 * Two processes that make it at once end with the same key: the file takes its place only where there is none.
 */
export function createLocalKeys(): KeyPort {
	return {
		find: async (directory) => {
			const key = await readKey(pathOf(directory));
			return key === null ? null : describeKey(key);
		},
		obtain: async (directory) => {
			const path = pathOf(directory);
			const existing = await readKey(path);
			if (existing !== null) return describeKey(existing);
			await makeHome(directory);
			await mkdir(join(directory, '.holdfast', 'keys'), { recursive: true, mode: 0o700 });
			const { privateKey } = generateKeyPairSync('ed25519');
			const draft = `${path}.${randomUUID()}.new`;
			await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
			await link(draft, path).catch((error: NodeJS.ErrnoException) => {
				if (error.code !== 'EEXIST') throw error;
			});
			await unlink(draft);
			const key = await readKey(path);
			if (key === null) throw new Error(`${path}: expected the key that was just written, got no file`);
			return describeKey(key);
		},
	};
}

function pathOf(directory: string): string {
	return join(directory, '.holdfast', 'keys', 'evidence.pem');
}

async function readKey(path: string): Promise<KeyObject | null> {
	const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
		throw error;
	});
	return text === null ? null : createPrivateKey(text);
}

function describeKey(key: KeyObject): InstanceKey {
	return {
		publicKey: createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64'),
		sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
	};
}
