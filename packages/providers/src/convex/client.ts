import type { VendorReach, VendorVerdict } from '@holdfast/checks/vendors';
import { askVendor, type Fetch } from '../http/ask-vendor.ts';
import { translateVersion } from './translate.ts';

export interface ConvexOptions {
	readonly fetch: Fetch;
	/** Milliseconds, monotonic. */
	readonly tick: () => number;
	readonly timeoutMs: number;
	/** What the service in question allows. */
	readonly reach?: VendorReach | undefined;
}

const maxBytes = 4096;

/** `GET /version`, which asks for no key. @param deployment URL of the deployment. */
export async function readDeploymentVersion(
	deployment: string,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<{ readonly version: string; readonly durationMs: number }>> {
	const answer = await askVendor({
		...options,
		name: 'The Convex deployment',
		url: new URL('/version', deployment).href,
		signal,
		maxBytes,
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
