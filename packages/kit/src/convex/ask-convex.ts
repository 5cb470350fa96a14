import type { ConvexProblemCode } from '../wire.ts';

/** What is wrong; null when all is well. */
export type Outcome = { readonly code: ConvexProblemCode; readonly message: string } | null;

export interface Question {
	/** Origin of the deployment. */
	readonly url: string;
	/** Public query without arguments, for example `health:ping`; null asks only for the version. */
	readonly query: string | null;
	/** Milliseconds for everything together. */
	readonly timeoutMs: number;
	readonly fetch: typeof globalThis.fetch;
}

/** Status with which Convex answers when the function itself failed. */
const FUNCTION_FAILED = 560;

/** Asks `GET /version` and then the query, each on a connection of its own. Never rejects; quotes no message of the other side. */
export async function askConvex({ url, query, timeoutMs, fetch: send }: Question): Promise<Outcome> {
	const common: RequestInit = { signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' };
	try {
		const response = await send(`${url}/version`, { ...common, headers: { connection: 'close' } });
		await response.body?.cancel();
		const outcome = judgeVersion(url, response);
		if (outcome !== null || query === null) return outcome;
		const answer = await send(`${url}/api/query`, {
			...common,
			method: 'POST',
			headers: { connection: 'close', 'content-type': 'application/json' },
			body: JSON.stringify({ path: query, args: {}, format: 'json' }),
		});
		return judgeQuery(query, answer.status, await answer.text());
	} catch (cause) {
		return describeFailure(cause, timeoutMs);
	}
}

function judgeVersion(url: string, { ok, status }: Response): Outcome {
	if (status === 429) return { code: 'rate-limited', message: 'Convex answers 429: too many requests.' };
	if (status >= 500) return { code: 'server-error', message: `Convex answers ${status}.` };
	return ok ? null : { code: 'not-convex', message: `${url}/version answers ${status}, as no Convex deployment does.` };
}

function judgeQuery(query: string, status: number, text: string): Outcome {
	if (status === 429) return { code: 'rate-limited', message: `Convex answers 429 to ${query}: too many requests.` };
	const body = parse(text);
	if (status === FUNCTION_FAILED || (status === 200 && body?.status === 'error')) {
		const id = /\[Request ID: ([\da-f]{1,40})\]/i.exec(typeof body?.errorMessage === 'string' ? body.errorMessage : '')?.[1];
		return { code: 'function-error', message: `The query ${query} fails${id === undefined ? '' : ` (request ${id})`}.` };
	}
	if (status === 200 && body?.status === 'success') return null;
	const named = typeof body?.code === 'string' && /^\w{1,60}$/.test(body.code) ? body.code : null;
	if (status >= 500 || named !== null)
		return { code: 'server-error', message: `Convex answers ${status} to ${query}${named === null ? '' : `: ${named}`}.` };
	return { code: 'not-convex', message: `The answer ${status} to ${query} is not one of a Convex deployment.` };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? { ...value } : null;
	} catch {
		return null;
	}
}

function describeFailure(cause: unknown, timeoutMs: number): Outcome {
	if (cause instanceof Error && cause.name === 'TimeoutError') return { code: 'timeout', message: `No answer within ${timeoutMs} ms.` };
	const inner: unknown = cause instanceof Error ? cause.cause : null;
	const code = typeof inner === 'object' && inner !== null && 'code' in inner ? String(inner.code).slice(0, 60) : 'unknown error';
	return /CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code)
		? { code: 'tls', message: `The TLS connection to Convex fails: ${code}.` }
		: { code: 'network', message: `Convex cannot be reached: ${code}.` };
}
