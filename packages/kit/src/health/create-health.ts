import { randomUUID } from 'node:crypto';
import { checkInteger, optionError } from '../options/option-error.ts';
import { type EnvReport, HEALTH_MEDIA_TYPE, type PublicHealth } from '../wire.ts';
import { judgeBearer } from './bearer.ts';
import { watchCpu } from './cpu-watch.ts';
import { type EventLoopWatch, watchEventLoop } from './event-loop-watch.ts';
import { buildReport, readMemory } from './private-report.ts';
import { type BuildOptions, readBuild } from './read-build.ts';
import { type ReportParts, readParts } from './read-parts.ts';
import { readCpuLimit, readCpuPressure } from './read-resources.ts';

export interface HealthOptions extends ReportParts {
	/** The result of `defineEnv`: while it is invalid, the process reports that it cannot serve. */
	readonly env?: { report(): EnvReport } | undefined;
	/** Opens the private report to its bearer; `HOLDFAST_TOKEN` of the environment when the option is left out. */
	readonly token?: string | undefined;
	readonly build?: BuildOptions | undefined;
	/** Name of the service in the private report. */
	readonly serviceId?: string | undefined;
	/** Delay of the event loop, in ms, from which the process counts as stuck. 2,000 when not given. */
	readonly stuckAfterMs?: number | undefined;
	/** Off switch: with `false` the route answers 404 and nothing is measured. */
	readonly enabled?: boolean | undefined;
	/** For tests. */
	readonly watch?: EventLoopWatch | undefined;
}

export interface Health {
	/** Handler of `GET /api/health`. Never throws, never waits for anything. */
	readonly GET: (request: Request) => Response;
}

const instance = randomUUID();

/**
 * Makes the health route of an application.
 * Public: `{"status":"ok"}` with 200 or `{"status":"error"}` with 503, nothing more. With `Authorization: Bearer <token>`: the private
 * report of `wire.ts` as `application/health+json`, same status code. A bearer that is not the service's gets the public answer
 * with `WWW-Authenticate`, so that a platform's probe with a foreign header does not take the application down.
 * Throws a TypeError for wrong options, at start.
 */
export function createHealth(options: HealthOptions = {}): Health {
	if (options.env !== undefined && typeof options.env?.report !== 'function') {
		throw optionError('createHealth', 'env', 'the result of defineEnv', options.env);
	}
	if (options.token !== undefined && typeof options.token !== 'string')
		throw optionError('createHealth', 'token', 'a string', options.token);
	const stuckAfterMs = checkInteger('createHealth', 'stuckAfterMs', options.stuckAfterMs ?? 2000, {
		min: 100,
		max: 600_000,
		unit: 'milliseconds',
	});
	if (options.enabled === false) return { GET: () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } }) };

	// oxlint-disable-next-line node/no-process-env -- names that platforms set and that no application declares
	const surroundings = process.env;
	const token = 'token' in options ? options.token : surroundings.HOLDFAST_TOKEN;
	const build = readBuild(options.build ?? {}, surroundings);
	const watch = options.watch ?? watchEventLoop(stuckAfterMs);
	const cpu = watchCpu();

	return {
		GET(request) {
			try {
				const environment = options.env?.report() ?? null;
				const eventLoop = watch.read();
				const status = (environment?.ok ?? true) && !eventLoop.stuck ? 200 : 503;
				const verdict = judgeBearer(request, token);
				if (verdict !== 'accepted') return answerPublic(status, verdict === 'refused');
				const uptimeSeconds = Math.round(process.uptime());
				const now = new Date();
				const report = buildReport({
					at: now,
					serviceId: options.serviceId,
					build,
					process: {
						instance,
						node: process.versions.node,
						startedAt: new Date(now.getTime() - process.uptime() * 1000).toISOString(),
						uptimeSeconds,
					},
					environment,
					memory: readMemory(),
					cpu: { ...cpu.read(), limitCores: readCpuLimit(), pressure: readCpuPressure() },
					eventLoop,
				});
				const holdfast = { ...report.holdfast, ...readParts(options) };
				return answer(status, { ...report, holdfast }, HEALTH_MEDIA_TYPE);
			} catch {
				// A report that cannot be made is not a report of health: silence would be taken for it.
				return answerPublic(503, false);
			}
		},
	};
}

function answerPublic(status: 200 | 503, bearerRefused: boolean): Response {
	const body: PublicHealth = { status: status === 200 ? 'ok' : 'error' };
	const response = answer(status, body, 'application/json');
	if (bearerRefused) response.headers.set('www-authenticate', 'Bearer error="invalid_token"');
	return response;
}

function answer(status: number, body: unknown, mediaType: string): Response {
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': mediaType, 'cache-control': 'no-store', vary: 'Authorization' },
	});
}
