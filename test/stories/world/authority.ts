import { makeAuthority as makeIssuer } from '../../../packages/checks/src/fixtures/make-certificates.ts';

/** A certificate for this machine's names and the authority that signed it, all PEM. */
export interface TestAuthority {
	readonly ca: string;
	readonly cert: string;
	readonly key: string;
}

/** Makes an authority of its own and a certificate for `localhost` under it. */
export function makeAuthority(): TestAuthority {
	const issuer = makeIssuer();
	return { ca: issuer.ca, ...issuer.issue(['localhost', '127.0.0.1']) };
}
