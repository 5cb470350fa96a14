import type { ConvexPort, VendorVerdict } from '@holdfast/checks/vendors';
import { type ConvexOptions, readDeploymentVersion } from './client.ts';

/** A Convex deployment, seen without a key. */
export function createConvexPort(options: ConvexOptions): ConvexPort {
	const missing = async (): Promise<VendorVerdict<never>> => ({ kind: 'no-answer', code: 'not-configured', reason: 'Not connected' });
	return {
		callFunction: missing,
		probeSync: missing,
		probeForeignToken: missing,
		readHttpAction: missing,
		readState: missing,
		readLog: missing,
		readUsage: missing,
		readAuthProviders: missing,
		listEnvironment: missing,
		findDocument: missing,
		listFunctions: missing,
		readLastPush: missing,
		readVersion: async (url, signal, reach) => {
			if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
				return {
					kind: 'no-answer',
					code: 'refused',
					reason: 'The Convex URL cannot be read, expected https://<name>.convex.cloud',
					enable: 'holdfast check convex.url',
				};
			return readDeploymentVersion(new URL(url).origin, { ...options, reach }, signal);
		},
	};
}
