/** Where an SDK sends to, and with which key. */
export interface Dsn {
	readonly publicKey: string;
	/** Last part of the path; all parts of a DSN are text. */
	readonly projectId: string;
	readonly origin: string;
}

/**
 * Reads `{PROTOCOL}://{PUBLIC_KEY}:{SECRET_KEY}@{HOST}{PATH}/{PROJECT_ID}` (https://develop.sentry.dev/sdk/foundations/transport/authentication/#parsing-the-dsn);
 * the secret part is out of use and ignored. Null for anything else.
 */
export function readDsn(text: string): Dsn | null {
	if (!URL.canParse(text)) return null;
	const { protocol, username, pathname, origin } = new URL(text);
	const projectId = pathname.split('/').at(-1) ?? '';
	if (!/^https?:$/.test(protocol) || !isPublicKey(username) || !isProjectId(projectId)) return null;
	return { publicKey: username, projectId, origin };
}

/** @param base address that applications reach the server under, `https://ingest.example`. */
export function formatDsn(base: string, publicKey: string, projectId: string): string {
	const url = new URL(base);
	url.username = publicKey;
	url.pathname = `${url.pathname.replace(/\/+$/, '')}/${projectId}`;
	return url.href;
}

export function isPublicKey(text: string): boolean {
	return /^[\w-]{1,64}$/.test(text);
}

/** Project 0 is the address of Sentry's Web API. */
export function isProjectId(text: string): boolean {
	return text !== '0' && /^[\w-]{1,64}$/.test(text);
}
