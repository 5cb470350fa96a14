/**
 * Where a request must go to reach the shop under its own scheme: null when it is there. Only from http to https: an application that is
 * declared https must not be used over http. The scheme is the one a proxy forwarded, else the connection's.
 */
export function findCanonicalUrl(
	asked: { pathAndQuery: string; forwardedProto: string | null; connectionScheme: string },
	appUrl: URL,
): string | null {
	if (appUrl.protocol !== 'https:') return null;
	const scheme = (asked.forwardedProto?.split(',')[0]?.trim() || asked.connectionScheme).toLowerCase();
	return scheme === 'http' ? `${appUrl.origin}${asked.pathAndQuery}` : null;
}
