const CONFIDENTIAL = new Set(['url', 'kit', 'convex', 'sentry', 'synthetic', 'vendors', 'ingest', 'secrets', 'allowHosts']);

/**
 * Whether a secret may stand at this place of a configuration, by mistake or as part of a URL: nothing that was found there is repeated.
 * A place is confidential with everything below it.
 */
export function isConfidentialPath(path: readonly PropertyKey[]): boolean {
	const [root, , field] = path;
	if (root === 'channels' || root === 'publicUrl' || root === 'ingest') return true;
	return root === 'services' && (field === undefined ? path.length === 2 : CONFIDENTIAL.has(String(field)));
}
