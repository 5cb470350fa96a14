/** Asks the references of the configuration whether the world is there; any answer counts. */

const AT_MOST_MS = 3000;

/** @param urls `outside` of the configuration @returns null where there are none */
export function createOutside(urls: readonly string[]): (() => Promise<boolean>) | null {
	if (urls.length === 0) return null;
	return async () => {
		try {
			return await Promise.any(urls.map(isReached));
		} catch {
			return false;
		}
	};
}

async function isReached(url: string): Promise<true> {
	const answer = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(AT_MOST_MS) });
	await answer.body?.cancel();
	return true;
}
