import { headers } from 'next/headers';
import { cache } from 'react';
import { type Account, findAccount } from '../data/accounts.ts';
import { DataError } from '../data/json-file.ts';
import { logUnreadableData } from '../http/answer-unreadable-data.ts';
import { pageTokenHeader } from './csrf.ts';
import { readSession } from './sessions.ts';

/** Who looks at a page, and the token for its forms. `token` is null while none can be issued. */
export interface Visitor {
	readonly account: Account | null;
	readonly token: string | null;
	/** The data that tell who is signed in cannot be read: neither signed in nor signed out, and the catalogue can still be shown. */
	readonly isUnknown: boolean;
}

/** Reads the visitor once per page. */
export const readVisitor = cache(async (): Promise<Visitor> => {
	const sent = new Headers(await headers());
	const token = sent.get(pageTokenHeader);
	try {
		const reading = await readSession(new Request('http://localhost/', { headers: sent }));
		const account = reading.state === 'signed-in' ? await findAccount(reading.session.sub) : null;
		return { account, token, isUnknown: false };
	} catch (cause) {
		if (!(cause instanceof DataError)) throw cause;
		logUnreadableData(cause);
		return { account: null, token, isUnknown: true };
	}
});
