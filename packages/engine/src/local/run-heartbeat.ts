/** The heartbeat of the configuration, by the fetch of this machine. */
import { parseDuration } from '../config/duration.ts';
import { resolveSecret } from '../config/resolve-secret.ts';
import type { Config } from '../config/schema.ts';
import type { Loop } from '../duty/create-loop.ts';
import { type HeartbeatOptions, startHeartbeat } from '../heartbeat/work.ts';
import { OperationError } from '../operation-error.ts';
import type { OperationContext } from '../ports.ts';

export interface RunHeartbeat extends Pick<HeartbeatOptions, 'database' | 'stats' | 'log'> {
	readonly config: Config;
	/** Folder of the configuration. */
	readonly directory: string;
}

const EVERY_MS = 60_000;

/** @returns null where none is configured @throws OperationError when its URL is not there, or is none */
export async function runHeartbeat(ctx: OperationContext, { config, directory, ...rest }: RunHeartbeat): Promise<Loop | null> {
	const { heartbeat } = config;
	if (heartbeat === undefined) return null;
	const url =
		typeof heartbeat.url === 'string'
			? heartbeat.url
			: (await resolveSecret(heartbeat.url, { name: 'heartbeat.url', directory, files: ctx.files, environment: ctx.environment })).reveal();
	if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
		throw new OperationError('precondition', 'heartbeat.url: expected an http or https URL, got something else (it is not shown)', {
			hint: 'Put the URL that your dead man’s switch gave you there.',
		});
	return startHeartbeat({
		...rest,
		everyMs: parseDuration(heartbeat.every ?? '') ?? EVERY_MS,
		elapsed: () => performance.now(),
		send: (signal) => sendBeat(url, signal),
	});
}

/** The URL is a secret, so that only a code or a status is told. */
async function sendBeat(url: string, signal: AbortSignal): Promise<void> {
	let response: Response;
	try {
		response = await fetch(url, { method: 'POST', signal, redirect: 'manual', headers: { 'user-agent': 'Holdfast/0.1 (heartbeat)' } });
	} catch (error) {
		const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
		throw new Error(`the heartbeat URL gave no answer: ${cause?.code ?? name ?? 'unknown'}`);
	}
	await response.body?.cancel();
	if (!response.ok) throw new Error(`the heartbeat URL answered ${response.status}, expected 2xx`);
}
