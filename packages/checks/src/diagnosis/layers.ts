/**
 * What the diagnosis knows of each check beyond its answer: how deep it looks, and what its failure means for the others.
 * Declared here, once; a check that is not named gets its layer from the first word of its id.
 */
import type { Observation } from '../contract.ts';
import { codesOf } from './finding-of.ts';

/** From the outside inwards: a fault further left explains those further right. */
export const layers = ['network', 'tls', 'edge', 'backend', 'server', 'page', 'advice'] as const;

export type Layer = (typeof layers)[number];

export interface CheckTraits {
	readonly layer: Layer;
	/** Order within the layer: the smaller explains the larger. */
	readonly order: number;
	/** Its failure is what a user meets, whatever lies beneath: still a seen symptom when something deeper is the root (G15). */
	readonly met: boolean;
	/** Speaks about someone else's house: against well checks of our own it confirms nothing (G13). */
	readonly circumstantial: boolean;
}

type Declared = Partial<CheckTraits> & Pick<CheckTraits, 'layer'>;

const declared: Readonly<Record<string, Declared>> = {
	'net.dns': { layer: 'network', order: 0 },
	'net.tcp': { layer: 'network', order: 1 },
	'tls.certificate': { layer: 'tls', order: 0 },
	'net.tls': { layer: 'tls', order: 1 },
	'http.redirects': { layer: 'edge' },
	'convex.url': { layer: 'backend', order: 0 },
	'convex.reachable': { layer: 'backend', order: 1 },
	'vendor.status': { layer: 'backend', order: 2, circumstantial: true },
	'http.health': { layer: 'server', order: 1, met: true },
	'http.status': { layer: 'server', order: 0, met: true },
	'http.latency': { layer: 'server', order: 2 },
	'http.assets': { layer: 'page', order: 0 },
	'http.cookies': { layer: 'page', order: 1 },
	'http.csrf': { layer: 'page', order: 2 },
	'http.page': { layer: 'page', order: 3, met: true },
	'http.security-headers': { layer: 'advice', order: 0 },
	'http.caching': { layer: 'advice', order: 1 },
};

const byFamily: Readonly<Record<string, Layer>> = {
	net: 'network',
	tls: 'tls',
	vendor: 'backend',
	convex: 'backend',
	http: 'page',
	browser: 'page',
};

/** @returns what is declared of the check, else what its family implies, else a check of the server. */
export function findTraits(check: string): CheckTraits {
	const known = Object.hasOwn(declared, check) ? declared[check] : undefined;
	const family = check.split('.')[0] ?? '';
	const layer = known?.layer ?? (Object.hasOwn(byFamily, family) ? byFamily[family] : undefined) ?? 'server';
	return { layer, order: known?.order ?? 9, met: known?.met ?? false, circumstantial: known?.circumstantial ?? false };
}

/** Ids with traits of their own; a test compares them with the catalogue. */
export const declaredChecks: readonly string[] = Object.keys(declared);

/** A number to sort by: smaller lies deeper. */
export function measureDepth(check: string): number {
	const traits = findTraits(check);
	return layers.indexOf(traits.layer) * 10 + traits.order;
}

/** What may be improved or suspected, never the root of a failure unless it confirms a cause (rules G13, G14). */
export function isApart(check: string): boolean {
	const traits = findTraits(check);
	return traits.layer === 'advice' || traits.circumstantial;
}

/** Codes of a certificate or handshake that clients still accept: advice in time, which keeps no request from being made. */
const stillAccepted = new Set(['tls.expires-soon', 'tls.protocol']);

/** Whether TLS fails in a way that ends requests; a failure without codes is taken for one. */
export function endsRequests(observation: Observation): boolean {
	const codes = codesOf(observation);
	return codes.length === 0 || codes.some((code) => !stillAccepted.has(code));
}

/** Codes of a redirect chain that never ends: nothing behind it can be looked at. */
export const endlessRedirect = /^redirect\.(loop|scheme-loop|too-many)$/;

/**
 * Whether the failure keeps everything behind it out of sight, so that a failing check behind it was not really looked at:
 * no name, no connection, no handshake, a redirect chain without end. A page that answers 500 silences nothing: it was seen.
 */
export function silencesOthers(observation: Observation): boolean {
	const { layer } = findTraits(observation.check);
	if (layer === 'network') return true;
	if (layer === 'tls') return endsRequests(observation);
	return observation.check === 'http.redirects' && codesOf(observation).some((code) => endlessRedirect.test(code));
}
