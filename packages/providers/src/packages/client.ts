/** Requests to a package registry. */
import type { RegistryTarget } from '@holdfast/checks/vendors';
import { askVendor, type Fetch, type NoAnswer } from '../http/ask-vendor.ts';
import { parseJson } from '../http/shown-text.ts';

export interface NpmOptions {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	readonly timeoutMs: number;
}

export interface RegistryRequest {
	/** From the registry's base URL, beginning with a slash. */
	readonly path: string;
	/** Sent as JSON by POST; absent: GET. */
	readonly body?: unknown;
	readonly accept: string;
	readonly maxBytes: number;
	/** What answers, for sentences. */
	readonly name: string;
}

/** @returns the JSON of a 200; else why there is none. */
export async function askRegistry(
	registry: RegistryTarget,
	{ path, body, accept, maxBytes, name }: RegistryRequest,
	options: NpmOptions,
	signal: AbortSignal,
): Promise<{ readonly kind: 'json'; readonly json: unknown } | NoAnswer> {
	const asked = await askVendor({
		...options,
		name,
		url: `${registry.url}${path}`,
		reach: registry.reach,
		signal,
		maxBytes,
		accept,
		...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
	});
	if (asked.kind === 'no-answer') return asked;
	const json = parseJson(asked.text);
	return json === undefined ? refuseBody(registry, name) : { kind: 'json', json };
}

/** For an answer whose JSON is not what this question is answered with. */
export function refuseBody(registry: RegistryTarget, name: string): NoAnswer {
	return {
		kind: 'no-answer',
		code: 'bad-response',
		reason: `${name} (${new URL(registry.url).host}) says something that a package registry does not say here`,
		enable: 'set `registry: URL` for the service in holdfast.yaml to a registry that keeps npm’s protocol',
	};
}
