import type { StatusWords } from '../http/judge-status.ts';
import { parseJson } from '../http/shown-text.ts';

/** Codes by which a deployment refuses a user's token, not the question. */
export const tokenCodes: ReadonlySet<string> = new Set(['InvalidAuthHeader', 'NoAuthProvider', 'Unauthenticated']);

/**
 * A deployment's own error, `{"code":"BadAdminKey","message":"…"}` (get-convex/convex-backend, `crates/errors`).
 * Only the code is taken over, and the permission that a refusal names.
 */
export function explainError(status: number, body: string): StatusWords | null {
	const parsed = parseJson(body);
	const said = typeof parsed === 'object' && parsed !== null ? (parsed as { readonly code?: unknown; readonly message?: unknown }) : {};
	if (typeof said.code !== 'string' || !/^[A-Z][A-Za-z]{2,60}$/.test(said.code)) return null;
	const tag = said.code;
	switch (tag) {
		case 'BadAdminKey':
		case 'BadDeployKey':
			return { code: 'unauthorized', what: 'does not accept the key', tag, enable: 'make a new deploy key for this deployment' };
		case 'OperationNotPermitted': {
			const permission = /\((deployment:[\w:]{1,60})\)/.exec(String(said.message))?.[1];
			return {
				code: 'forbidden',
				what: `does not allow the key ${permission === undefined ? 'to ask this' : permission}`,
				tag,
				enable: `use a deploy key that allows ${permission ?? 'it'}`,
			};
		}
		case 'TooManyConcurrentRequests':
			return { code: 'rate-limited', what: 'runs as many functions at once as its class allows', tag, enable: 'look at convex.limits' };
		case 'TooManyWrites':
			return { code: 'rate-limited', what: 'writes as much per second as its class allows', tag, enable: 'look at convex.limits' };
		default:
			break;
	}
	if (tokenCodes.has(tag)) return { code: 'unauthorized', what: 'does not accept the token', tag };
	if (status === 429) return { code: 'rate-limited', what: 'limits requests', tag, enable: 'wait a minute' };
	if (status === 503) return { code: 'server-error', what: 'is overloaded', tag };
	if (status >= 500) return { code: 'server-error', what: 'answers with a server error', tag };
	return status === 400 ? { code: 'bad-response', what: 'refuses the request', tag } : null;
}
