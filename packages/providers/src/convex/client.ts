/** Requests to one deployment: who is asked for, with which key, and what its error codes mean. */
import type { ConvexTarget, VendorReach, VendorVerdict } from '@holdfast/checks/vendors';
import { type Asked, askVendor, type Fetch } from '../http/ask-vendor.ts';
import { parseJson } from '../http/shown-text.ts';
import { explainError } from './explain-error.ts';
import { translateVersion } from './translate.ts';

export interface ConvexOptions {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	readonly timeoutMs: number;
	/** What the service in question allows; a target's own goes before it. */
	readonly reach?: VendorReach | undefined;
}

export interface DeploymentRequest {
	/** From the deployment's origin, with its query. */
	readonly path: string;
	/** Sent as JSON by POST; absent: GET. */
	readonly body?: unknown;
	/** Value of the `Authorization` header. */
	readonly authorization?: string;
	readonly maxBytes?: number;
	/** In place of the port's. */
	readonly timeoutMs?: number;
}

export type Json = { readonly kind: 'json'; readonly json: unknown; readonly durationMs: number };

const defaultMaxBytes = 1024 * 1024;

/** The version of the official client whose requests these are (docs: `Convex-Client`); the log's lines come structured to it. */
export const clientName = 'npm-cli-1.48.0';

/** @returns the JSON of a 200; else why there is none. */
export async function askDeployment(
	target: ConvexTarget,
	request: DeploymentRequest,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<Json | Exclude<Asked, { kind: 'text' }>> {
	const origin = readOrigin(target.url);
	if (origin === null) return refuseUrl();
	const asked = await askVendor({
		...options,
		timeoutMs: request.timeoutMs ?? options.timeoutMs,
		reach: target.reach ?? options.reach,
		name: 'The Convex deployment',
		url: `${origin}${request.path}`,
		signal,
		maxBytes: request.maxBytes ?? defaultMaxBytes,
		accept: 'application/json',
		method: request.body === undefined ? 'GET' : 'POST',
		headers: {
			'convex-client': clientName,
			...(request.authorization === undefined ? {} : { authorization: request.authorization }),
			...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
		},
		...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
		explain: explainError,
	});
	if (asked.kind === 'no-answer') return asked;
	const json = parseJson(asked.text);
	return json === undefined ? refuseBody(origin) : { kind: 'json', json, durationMs: asked.durationMs };
}

/**
 * The same with the admin key.
 * @param permission what a deploy key must allow for it: `deployment:logs:view`.
 */
export async function askAsAdmin(
	target: ConvexTarget,
	request: Omit<DeploymentRequest, 'authorization'> & { readonly permission: string | null },
	options: ConvexOptions,
	signal: AbortSignal,
): ReturnType<typeof askDeployment> {
	if (target.adminKey === undefined || target.adminKey.length === 0) {
		const { permission } = request;
		return {
			kind: 'no-answer',
			code: 'not-configured',
			reason: 'No admin or deploy key of the Convex deployment is configured',
			enable: `set \`convex: {adminKey: …}\` in holdfast.yaml${permission === null ? '' : `; a deploy key that allows ${permission} is enough`}`,
		};
	}
	// A key read from a file often ends with a newline, which no header may hold.
	const key = target.adminKey.reveal().trim();
	if (!/^[\x21-\x7e]+$/.test(key))
		return {
			kind: 'no-answer',
			code: 'not-configured',
			reason: 'The configured Convex key holds characters that no key has (white space inside, or letters beyond ASCII)',
			enable: 'copy the key again',
		};
	return askDeployment(target, { ...request, authorization: `Convex ${key}` }, options, signal);
}

/** `GET /version`, which asks for no key. @param deployment URL of the deployment. */
export async function readDeploymentVersion(
	deployment: string,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<{ readonly version: string; readonly durationMs: number }>> {
	const origin = readOrigin(deployment);
	if (origin === null) return refuseUrl();
	const answer = await askVendor({
		...options,
		name: 'The Convex deployment',
		url: `${origin}/version`,
		signal,
		maxBytes: 4096,
		accept: 'text/plain',
	});
	if (answer.kind === 'no-answer') return answer;
	const version = translateVersion(answer.text);
	if (version !== null) return { kind: 'answer', value: { version, durationMs: answer.durationMs } };
	return {
		kind: 'no-answer',
		code: 'bad-response',
		reason: `What answers at ${new URL(deployment).host} is no Convex deployment: /version gives no version`,
		enable: 'holdfast check convex.url',
	};
}

/** @returns null when it is no http or https URL. */
export function readOrigin(url: string): string | null {
	return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).origin : null;
}

export function refuseUrl(): { readonly kind: 'no-answer'; readonly code: 'refused'; readonly reason: string; readonly enable: string } {
	return {
		kind: 'no-answer',
		code: 'refused',
		reason: 'The Convex URL cannot be read, expected https://<name>.convex.cloud',
		enable: 'holdfast check convex.url',
	};
}

/** For an answer whose JSON is not what this question is answered with. */
export function refuseBody(url: string): {
	readonly kind: 'no-answer';
	readonly code: 'bad-response';
	readonly reason: string;
	readonly enable: string;
} {
	return {
		kind: 'no-answer',
		code: 'bad-response',
		reason: `What answers at ${new URL(url).host} says something that a Convex deployment does not say here`,
		enable: 'holdfast check convex.url',
	};
}
