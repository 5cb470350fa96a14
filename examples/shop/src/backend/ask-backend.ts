import { ConvexHttpClient } from 'convex/browser';
import type { DefaultFunctionArgs, FunctionReference } from 'convex/server';
import { ConvexError } from 'convex/values';
import { convexUrl } from '../environment.ts';
import { BackendError, RefusedError } from './backend-error.ts';
import { signToken } from './sign-token.ts';

/** Who a function is called as: nobody, the shop's server, or a user by one of their sessions. */
export type Caller = 'nobody' | 'server' | { readonly userId: string; readonly sid: string };

/** Convex gives a function about a second of its own; beyond this, a page is better than waiting. */
const TIMEOUT_MS = 5000;

/** Calls a query. Rejects with RefusedError for a ConvexError with a code, with BackendError for everything else. */
export async function query<Args extends DefaultFunctionArgs, Result>(
	reference: FunctionReference<'query', 'public', Args, Result>,
	args: Args,
	caller: Caller,
): Promise<Result> {
	const client = await connect(caller);
	return translate(() => client.query(reference as FunctionReference<'query'>, args) as Promise<Result>);
}

/** Calls a mutation. Rejects like `query`; after a timeout it may still have been carried out. */
export async function mutate<Args extends DefaultFunctionArgs, Result>(
	reference: FunctionReference<'mutation', 'public', Args, Result>,
	args: Args,
	caller: Caller,
): Promise<Result> {
	const client = await connect(caller);
	return translate(() => client.mutation(reference as FunctionReference<'mutation'>, args, { skipQueue: true }) as Promise<Result>);
}

/** A client for one call: it holds the caller's token and must not be shared. */
async function connect(caller: Caller): Promise<ConvexHttpClient> {
	if (convexUrl === null)
		throw new BackendError('NEXT_PUBLIC_CONVEX_URL: expected the URL of a Convex deployment, got none that can be used.');
	const options = {
		skipConvexDeploymentUrlCheck: true,
		logger: false,
		fetch: (input: RequestInfo | URL, init?: RequestInit) =>
			fetch(input, { ...init, cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) }),
	};
	if (caller === 'nobody') return new ConvexHttpClient(convexUrl, options);
	const subject = caller === 'server' ? 'shop-server' : `${caller.userId}|${caller.sid}`;
	return new ConvexHttpClient(convexUrl, { ...options, auth: await signToken(subject) });
}

async function translate<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (cause) {
		if (cause instanceof ConvexError) {
			const { code, message } = (cause.data ?? {}) as { code?: unknown; message?: unknown };
			if (typeof code === 'string') throw new RefusedError(code, typeof message === 'string' ? message : code);
		}
		throw new BackendError(`Convex did not answer: ${describe(cause)}`, { cause });
	}
}

function describe(cause: unknown): string {
	if (!(cause instanceof Error)) return 'unknown error';
	if (cause.name === 'TimeoutError') return `nothing within ${TIMEOUT_MS / 1000} s.`;
	const network = cause.cause instanceof Error && 'code' in cause.cause ? String(cause.cause.code) : null;
	return network ?? cause.message.slice(0, 300);
}
