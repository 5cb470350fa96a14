import type { ConvexPort } from '@holdfast/checks/vendors';
import { type ConvexOptions, readDeploymentVersion } from './client.ts';

/** A Convex deployment, seen without a key. */
export function createConvexPort(options: ConvexOptions): ConvexPort {
	return {
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
