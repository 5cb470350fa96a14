import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLocalKeys } from './local-keys.ts';

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-keys-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('has none until one is needed, and keeps the one it made', async () => {
	const keys = createLocalKeys();
	expect(await keys.find(folder)).toBeNull();
	const made = await keys.obtain(folder);
	expect((await keys.obtain(folder)).publicKey).toBe(made.publicKey);
	expect((await createLocalKeys().find(folder))?.publicKey).toBe(made.publicKey);
	expect((await stat(join(folder, '.holdfast/keys/evidence.pem'))).mode & 0o777).toBe(0o600);
	for (const each of ['.holdfast', '.holdfast/keys']) expect((await stat(join(folder, each))).mode & 0o777).toBe(0o700);
});

it('ends with one key when several make it at once', async () => {
	const made = await Promise.all(Array.from({ length: 5 }, () => createLocalKeys().obtain(folder)));
	expect(new Set(made.map(({ publicKey }) => publicKey)).size).toBe(1);
});

it('rejects a file that is no key, and leaves it as it is', async () => {
	await createLocalKeys().obtain(folder);
	await writeFile(join(folder, '.holdfast/keys/evidence.pem'), 'not a key');
	await expect(createLocalKeys().obtain(folder)).rejects.toThrow();
});
