import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { UnprivilegedUser } from './unprivileged-user.ts';

const run = promisify(execFile);

/** Of the databases that Holdfast keeps on its own server. */
export const databaseName = 'holdfast';
export const databaseUser = 'holdfast';

export interface ClusterPlace {
	/** Folder with `bin`. */
	readonly binaries: string;
	/** Holds the cluster in `data` and the password in `password`. */
	readonly folder: string;
	readonly user: UnprivilegedUser | null;
}

/**
 * Makes the cluster when there is none: one superuser with a generated password, scram-sha-256 for every connection, UTF-8, an order of
 * text that no library of the system changes. Done beside its place and moved there, so that a half-made one is never taken for whole.
 *
 * @returns the password
 * @throws {Error} with what initdb said
 */
export async function initCluster({ binaries, folder, user }: ClusterPlace): Promise<string> {
	const passwordFile = join(folder, 'password');
	const kept = await readFile(passwordFile, 'utf8').catch(() => null);
	const data = join(folder, 'data');
	if (kept !== null && (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => null)) !== null) return kept.trim();

	const password = randomBytes(24).toString('base64url');
	const half = join(folder, 'data.new');
	const handed = join(folder, 'password.new');
	await rm(half, { recursive: true, force: true });
	await mkdir(half, { mode: 0o700 });
	await writeFile(handed, `${password}\n`, { mode: 0o600 });
	if (user !== null) for (const path of [half, handed]) await chown(path, user.uid, user.gid);
	const options = ['--username', databaseUser, '--pwfile', handed, '--auth', 'scram-sha-256', '--encoding', 'UTF8'];
	const locale = ['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
	try {
		await run(join(binaries, 'bin', 'initdb'), ['-D', half, ...options, ...locale], {
			...(user === null ? {} : { uid: user.uid, gid: user.gid }),
			env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
			cwd: folder,
			timeout: 120_000,
		});
	} catch (error) {
		const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? String(error);
		throw new Error(`PostgreSQL could not make its folder ${data}: ${said}`, { cause: error });
	} finally {
		await rm(handed, { force: true });
	}
	await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
	await rm(data, { recursive: true, force: true });
	await rename(half, data);
	return password;
}
