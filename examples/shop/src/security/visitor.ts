import { headers } from 'next/headers';
import { cache } from 'react';
import { type Account, findAccount } from '../backend/accounts.ts';
import { BackendError } from '../backend/backend-error.ts';
import { logBackendFailure } from '../http/answer-backend-failure.ts';
import { pageTokenHeader } from './csrf.ts';
import { readSession } from './sessions.ts';

/** Who looks at a page, and the token for its forms. `token` is null while none can be issued. */
export interface Visitor {
	readonly account: Account | null;
	/** The session of the cookie, when an account stands behind it. */
	readonly session: { readonly sub: string; readonly sid: string } | null;
	readonly token: string | null;
	/** Convex cannot tell who is signed in: neither signed in nor signed out. */
	readonly isUnknown: boolean;
}

/** Reads the visitor once per page. Without a session cookie, Convex is not asked. */
export const readVisitor = cache(async (): Promise<Visitor> => {
	const sent = new Headers(await headers());
	const token = sent.get(pageTokenHeader);
	const session = await readSession(new Request('http://localhost/', { headers: sent }));
	if (session === null) return { account: null, session, token, isUnknown: false };
	try {
		const account = await findAccount(session);
		return { account, session: account === null ? null : session, token, isUnknown: false };
	} catch (cause) {
		if (!(cause instanceof BackendError)) throw cause;
		logBackendFailure(cause);
		return { account: null, session: null, token, isUnknown: true };
	}
});
