import { readFile } from 'node:fs/promises';

export interface UnprivilegedUser {
	readonly name: string;
	readonly uid: number;
	readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root, Holdfast runs it as `nobody`; nothing of the system's users is changed.
 *
 * @returns null when this process is not root's: PostgreSQL then runs as the same user.
 * @throws {Error} when this is root and the system has no such user.
 */
export async function findUnprivilegedUser(): Promise<UnprivilegedUser | null> {
	if (process.getuid?.() !== 0) return null;
	const line = (await readFile('/etc/passwd', 'utf8')).split('\n').find((each) => each.startsWith('nobody:'));
	const [name, , uid, gid] = line?.split(':') ?? [];
	if (name === undefined || !Number.isInteger(Number(uid)) || !Number.isInteger(Number(gid)))
		throw new Error(
			'expected a user "nobody" in /etc/passwd to run PostgreSQL as, found none; start Holdfast as another user than root, or set DATABASE_URL',
		);
	return { name, uid: Number(uid), gid: Number(gid) };
}
