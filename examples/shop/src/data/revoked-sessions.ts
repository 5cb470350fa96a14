import { jsonFile } from './json-file.ts';

/** Session ids that were signed out, with the time (seconds since the epoch) after which they are too old anyway. */
type Revoked = Readonly<Record<string, number>>;

const revokedFile = jsonFile<Revoked>('revoked-sessions.json', {}, isRevokedList);

/** Ends a session on the server: a copy of its cookie is worth nothing afterwards. */
export function revokeSession(sid: string, goodUntil: number): Promise<void> {
	const now = Math.floor(Date.now() / 1000);
	return revokedFile.update((revoked) => {
		const current = Object.fromEntries(Object.entries(revoked).filter(([, until]) => until > now));
		return { content: { ...current, [sid]: goodUntil }, result: undefined };
	});
}

/** Whether a session was signed out. */
export async function isSessionRevoked(sid: string): Promise<boolean> {
	return Object.hasOwn(await revokedFile.read(), sid);
}

function isRevokedList(content: unknown): content is Revoked {
	return typeof content === 'object' && content !== null && !Array.isArray(content) && Object.values(content).every(Number.isSafeInteger);
}
