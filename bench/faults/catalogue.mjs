/** Every fault, in the order of the runbook. */
import { build } from './faults/build.mjs';
import { convexAddress } from './faults/convex-address.mjs';
import { convexAuth } from './faults/convex-auth.mjs';
import { convexNetwork } from './faults/convex-network.mjs';
import { convexQueries } from './faults/convex-queries.mjs';
import { convexState } from './faults/convex-state.mjs';
import { cookies } from './faults/cookies.mjs';
import { csrf } from './faults/csrf.mjs';
import { delivery } from './faults/delivery.mjs';
import { environment } from './faults/environment.mjs';
import { outage } from './faults/outage.mjs';
import { redirects } from './faults/redirects.mjs';
import { server } from './faults/server.mjs';
import { sessionSecrets } from './faults/session-secrets.mjs';
import { unknown } from './faults/unknown.mjs';

/** Faults that the runbook has no words for stand in this group, and are counted apart. */
const UNKNOWN = 'unknown to the runbook';

/** @type {readonly { readonly name: string, readonly faults: readonly import('./fault.mjs').Fault[] }[]} */
export const groups = [
	{ name: 'environment', faults: environment },
	{ name: 'build', faults: build },
	{ name: 'session secret', faults: sessionSecrets },
	{ name: 'CSRF', faults: csrf },
	{ name: 'cookies', faults: cookies },
	{ name: 'redirects', faults: redirects },
	{ name: 'Convex auth', faults: convexAuth },
	{ name: 'Convex address', faults: convexAddress },
	{ name: 'Convex state', faults: convexState },
	{ name: 'Convex network', faults: convexNetwork },
	{ name: 'Convex queries', faults: convexQueries },
	{ name: 'server', faults: server },
	{ name: 'delivery', faults: delivery },
	{ name: 'outage', faults: outage },
	{ name: UNKNOWN, faults: unknown },
];

export const catalogue = groups.flatMap(({ faults }) => faults);

/** @param {string} id */
export function findFault(id) {
	return catalogue.find((fault) => fault.id === id) ?? null;
}

/** @param {import('./fault.mjs').Fault} fault */
export function isUnknown(fault) {
	return nameGroup(fault) === UNKNOWN;
}

/** @param {import('./fault.mjs').Fault} fault */
export function nameGroup(fault) {
	return groups.find(({ faults }) => faults.includes(fault))?.name ?? 'other';
}
