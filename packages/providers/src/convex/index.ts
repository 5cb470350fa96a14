import type { ConvexPort } from '@holdfast/checks/vendors';
import { callFunction } from './call-function.ts';
import { type ConvexOptions, readDeploymentVersion } from './client.ts';
import { findDocument } from './find-document.ts';
import { inspectData } from './inspect-data.ts';
import { listEnvironment } from './list-environment.ts';
import { listFunctions } from './list-functions.ts';
import { probeForeignToken } from './probe-foreign-token.ts';
import { probeSync } from './probe-sync.ts';
import { readAuditLog } from './read-audit-log.ts';
import { readAuthProviders } from './read-auth-providers.ts';
import { readHttpAction } from './read-http-action.ts';
import { readLastPush } from './read-last-push.ts';
import { readLog } from './read-log.ts';
import { readState } from './read-state.ts';
import { readUsage } from './read-usage.ts';

/** A Convex deployment, seen as any visitor sees it and, with an admin or deploy key, from inside. Nothing is changed on it. */
export function createConvexPort(
	given: Omit<ConvexOptions, 'reach'> & { /** Milliseconds since the epoch. */ readonly now: () => number },
): ConvexPort {
	return {
		readVersion: (url, signal, reach) => readDeploymentVersion(url, { ...given, reach }, signal),
		callFunction: (target, call, signal) => callFunction(target, call, given, signal),
		probeSync: (target, query, signal) => probeSync(target, query, given, signal),
		probeForeignToken: (target, signal) => probeForeignToken(target, given, signal),
		readHttpAction: (target, action, signal) => readHttpAction(target, action, given, signal),
		readState: (target, signal) => readState(target, given, signal),
		readLog: (target, sinceMs, signal) => readLog(target, sinceMs, given, signal),
		readAuditLog: (target, sinceMs, signal) => readAuditLog(target, sinceMs, given, signal),
		readUsage: (target, signal) => readUsage(target, given, signal),
		readAuthProviders: (target, signal) => readAuthProviders(target, given, signal),
		listEnvironment: (target, signal) => listEnvironment(target, given, signal),
		findDocument: (target, where, signal) => findDocument(target, where, given, signal),
		inspectData: (target, asked, signal) => inspectData(target, asked, given, signal),
		listFunctions: (target, signal) => listFunctions(target, given, signal),
		readLastPush: (target, signal) => readLastPush(target, given, signal),
	};
}
