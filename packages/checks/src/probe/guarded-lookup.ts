/** Name resolution that hands a socket only addresses it may use: the check and the connection see the same address. */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressPolicy, checkAddress, type Refusal } from './target.ts';

/** Thrown into the socket when no address of the name may be used. */
export class TargetRefusedError extends Error {
	readonly refusal: Refusal;

	constructor(refusal: Refusal) {
		super(refusal.reason);
		this.name = 'TargetRefusedError';
		this.refusal = refusal;
	}
}

type LookupAll = (host: string, callback: (error: Error | null, addresses: readonly { address: string; family: number }[]) => void) => void;

const systemLookup: LookupAll = (host, callback) => {
	lookup(host, { all: true, verbatim: true }, (error, addresses) => callback(error, addresses ?? []));
};

/**
 * @param resolve the resolver; the system's own by default (`/etc/hosts` included, as the application's users have it).
 * @returns a `lookup` for `net.connect` and its relatives. Addresses that may not be used are dropped; when none is left
 * the connection ends with a TargetRefusedError.
 */
export function createGuardedLookup(policy: AddressPolicy, resolve: LookupAll = systemLookup): LookupFunction {
	return (host, options, callback) => {
		resolve(host, (error, addresses) => {
			if (error !== null) return callback(error, [], undefined);
			const wanted = addresses.filter(
				({ family }) => options.family === undefined || options.family === 0 || matchesFamily(family, options.family),
			);
			const refusals = wanted.map(({ address }) => checkAddress(address, host, policy));
			const allowed = wanted.filter((_, index) => refusals[index] === null);
			const refusal = refusals.find((found) => found !== null);
			if (allowed.length === 0 && refusal !== undefined && refusal !== null)
				return callback(new TargetRefusedError(refusal), [], undefined);
			if (options.all === true) return callback(null, [...allowed]);
			const first = allowed[0];
			if (first === undefined) return callback(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), [], undefined);
			return callback(null, first.address, first.family);
		});
	};
}

function matchesFamily(family: number, wanted: number | string): boolean {
	return family === wanted || `IPv${family}` === wanted;
}
