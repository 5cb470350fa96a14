import { isSameSecret } from '../secret/same-secret.ts';

/** Below this length a token is not accepted, so that a guessable one never opens the private report. */
export const MIN_TOKEN_LENGTH = 24;

export type BearerVerdict = 'none' | 'accepted' | 'refused';

/** Judges the `Authorization` header of a request against the service's token, in constant time. */
export function judgeBearer(request: Request, token: string | undefined): BearerVerdict {
	const header = request.headers.get('authorization');
	const given = header === null ? undefined : /^bearer +(\S+) *$/i.exec(header)?.[1];
	if (given === undefined) return 'none';
	if (token === undefined || token.length < MIN_TOKEN_LENGTH) return 'refused';
	return isSameSecret(given, token) ? 'accepted' : 'refused';
}
