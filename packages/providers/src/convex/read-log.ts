import type { ConvexLog, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { askAsAdmin, type ConvexOptions, readDeploymentVersion, refuseBody } from './client.ts';
import { translateLog } from './translate-log.ts';

/** Executions that a deployment keeps in memory (get-convex/convex-backend, `MAX_UDF_EXECUTION`). */
const bufferSize = 1000;
/** A thousand executions with their lines. */
const maxBytes = 24 * 1024 * 1024;
/** An empty log is not answered but waited for, up to a minute; a full one comes at once. */
const patienceMs = 1500;

/**
 * The deployment's log in one request: `cursor=0` gives the whole buffer. Where nothing comes within 1.5 s and the deployment
 * answers otherwise, the log is empty.
 */
export async function readLog(
	target: ConvexTarget,
	sinceMs: number,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<ConvexLog>> {
	const asked = await askAsAdmin(
		target,
		{
			path: '/api/stream_function_logs?cursor=0',
			permission: 'deployment:logs:view',
			maxBytes,
			timeoutMs: Math.min(patienceMs, options.timeoutMs),
		},
		options,
		signal,
	);
	if (asked.kind === 'no-answer') {
		if (asked.code !== 'timeout') return asked;
		const version = await readDeploymentVersion(target.url, { ...options, reach: target.reach ?? options.reach }, signal);
		return version.kind === 'answer' ? { kind: 'answer', value: { executions: [], mayHaveGap: true, silent: true } } : asked;
	}
	const log = translateLog(asked.json);
	if (log === null) return refuseBody(target.url);
	const oldestMs = log.oldestMs ?? Number.POSITIVE_INFINITY;
	const reachesBack = oldestMs <= sinceMs;
	return {
		kind: 'answer',
		value: {
			executions: log.executions.filter(({ at }) => Date.parse(at) >= sinceMs).slice(-bufferSize),
			mayHaveGap: !reachesBack,
		},
	};
}
