import type { CheckRequest, Observation, ServiceTarget } from '@holdfast/checks/contract';
import { noHistory } from '@holdfast/checks/history';
import type { OperationContext } from '../ports.ts';
import { runServiceChecks } from './run-service-checks.ts';

/** What can be seen of an application from outside in a few requests, none of which changes anything. */
export interface ApplicationProbe {
	readonly reachable: boolean;
	/** One sentence: what answered, or why nothing did. */
	readonly reason: string;
	/** Path of the health endpoint that answers as one; null when none of the usual ones does. */
	readonly healthPath: string | null;
	readonly framework: 'next' | null;
	/** Found in the scripts that the application serves. */
	readonly convexUrl: string | null;
}

/** `/api/health` first: it is what the kit and most Next.js applications answer on. */
const HEALTH_PATHS = ['/api/health', '/health', '/healthz', '/api/healthz', '/api/status'];

/** Asks an application a few read-only questions. */
export async function probeApplication(
	ctx: OperationContext,
	target: ServiceTarget,
	healthPaths: readonly string[],
): Promise<ApplicationProbe> {
	const { findCheck } = await import('@holdfast/checks/registry');
	const paths = [...new Set([...healthPaths, ...HEALTH_PATHS])];
	const requests: CheckRequest[] = [
		...['net.tcp', 'http.status', 'http.page', 'http.assets', 'convex.url'].map((id) => ({ id, params: {} })),
		...paths.map((path) => ({ id: 'http.health', params: { path } })),
	].filter(({ id }) => findCheck(id) !== null);
	const observations = await runServiceChecks(ctx, { target, requests, history: noHistory });
	return readProbe(observations, paths);
}

/** Pure part: what the observations say. A health path counts only when its check is ok. */
export function readProbe(observations: readonly Observation[], healthPaths: readonly string[]): ApplicationProbe {
	const stopped = observations.find(
		({ check, state }) => (check === 'net.dns' || check === 'net.tcp' || check === 'net.tls') && state === 'fail',
	);
	const status = observations.find(({ check }) => check === 'http.status');
	const answered = status !== undefined && status.state !== 'unknown' && status.echoOf === null;
	const isHealthy = (path: string) =>
		observations.some(({ check, state, params }) => check === 'http.health' && state === 'ok' && params.path === path);
	return {
		reachable: stopped === undefined && answered,
		reason: (stopped ?? status)?.reason ?? 'nothing could be asked',
		healthPath: healthPaths.find(isHealthy) ?? null,
		framework: isNext(observations) ? 'next' : null,
		convexUrl: findConvexUrl(observations),
	};
}

/** Next.js serves its scripts below `/_next/` and names itself in a header unless told not to. */
function isNext(observations: readonly Observation[]): boolean {
	return observations.some(({ evidence, subject, findings }) =>
		/\/_next\/|x-powered-by:\s*next\.js/i.test(
			[subject, ...evidence.map(({ body }) => body), ...findings.map(({ message }) => message)].join('\n'),
		),
	);
}

function findConvexUrl(observations: readonly Observation[]): string | null {
	const seen = observations
		.filter(({ check }) => check === 'convex.url')
		.flatMap(({ subject, reason, evidence }) => [subject, reason, ...evidence.map(({ body }) => body)]);
	return /https:\/\/[a-z]+-[a-z]+-\d+\.convex\.cloud/.exec(seen.join('\n'))?.[0] ?? null;
}
