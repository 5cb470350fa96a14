/**
 * What the diagnosis knows of each check beyond its answer: how deep it looks, and what its failure means for the others.
 * Declared here, once; a check that is not named gets its layer from the first word of its id.
 */
import type { Observation } from '../contract.ts';
import { codesOf } from './finding-of.ts';

/** From the outside inwards: a fault further left explains those further right. */
export const layers = ['network', 'tls', 'edge', 'configuration', 'build', 'resources', 'backend', 'server', 'page', 'advice'] as const;

export type Layer = (typeof layers)[number];

export interface CheckTraits {
	readonly layer: Layer;
	/** Order within the layer: the smaller explains the larger. */
	readonly order: number;
	/** Its failure is what a user meets, whatever lies beneath: still a seen symptom when something deeper is the root (G15). */
	readonly met: boolean;
	/** Speaks about someone else's house: against well checks of our own it confirms nothing (G13). */
	readonly circumstantial: boolean;
	/** Speaks of a whole window of time, not of now: it confirms nothing by itself (G23). Always circumstantial. */
	readonly past: boolean;
}

type Declared = Partial<CheckTraits> & Pick<CheckTraits, 'layer'>;

const past = { circumstantial: true, past: true } as const;

const declared: Readonly<Record<string, Declared>> = {
	'net.dns': { layer: 'network', order: 0 },
	'net.tcp': { layer: 'network', order: 1 },
	'tls.certificate': { layer: 'tls', order: 0 },
	'net.tls': { layer: 'tls', order: 1 },
	'http.redirects': { layer: 'edge' },
	// Of several that see one variable, the one that says most about it comes first.
	'env.typo': { layer: 'configuration', order: 0 },
	'env.secret': { layer: 'configuration', order: 1 },
	'env.present': { layer: 'configuration', order: 2 },
	'env.required': { layer: 'configuration', order: 3 },
	'env.format': { layer: 'configuration', order: 4 },
	'env.changed': { layer: 'configuration', order: 5 },
	'convex.url': { layer: 'configuration', order: 6 },
	'release.build': { layer: 'build', order: 0 },
	'bundle.size': { layer: 'build', order: 1 },
	'server.resources': { layer: 'resources', order: 0 },
	'server.memory-trend': { layer: 'resources', order: 1, ...past },
	'convex.reachable': { layer: 'backend', order: 0 },
	'convex.state': { layer: 'backend', order: 1 },
	'convex.usage': { layer: 'backend', order: 2 },
	'convex.limits': { layer: 'backend', order: 3 },
	'convex.auth-config': { layer: 'backend', order: 4 },
	'convex.scans': { layer: 'backend', order: 4 },
	'vendor.status': { layer: 'backend', order: 5, circumstantial: true },
	'convex.functions': { layer: 'backend', order: 5 },
	'convex.users': { layer: 'backend', order: 6 },
	'convex.health': { layer: 'backend', order: 6 },
	'convex.sync': { layer: 'backend', order: 7 },
	'convex.latency': { layer: 'backend', order: 8 },
	'convex.logs': { layer: 'backend', order: 9, ...past },
	'data.integrity': { layer: 'backend', order: 9, circumstantial: true },
	'http.status': { layer: 'server', order: 0, met: true },
	'http.health': { layer: 'server', order: 1, met: true },
	'http.latency': { layer: 'server', order: 2 },
	'http.list': { layer: 'server', order: 3, met: true },
	'http.assets': { layer: 'page', order: 0 },
	'http.cookies': { layer: 'page', order: 1 },
	'http.csrf': { layer: 'page', order: 2 },
	'http.page': { layer: 'page', order: 3, met: true },
	'auth.login': { layer: 'page', order: 4, met: true },
	'auth.session': { layer: 'page', order: 5 },
	'browser.console': { layer: 'page', order: 6 },
	'logs.errors': { layer: 'page', order: 7, ...past },
	'sentry.errors': { layer: 'page', order: 8, ...past },
	'sentry.performance': { layer: 'page', order: 8, ...past },
	'vitals.p75': { layer: 'page', order: 9, ...past },
	'perf.trend': { layer: 'page', order: 9, ...past },
	'http.security-headers': { layer: 'advice', order: 0 },
	'http.caching': { layer: 'advice', order: 1 },
	'http.cdn': { layer: 'advice', order: 2 },
	'security.log': { layer: 'advice', order: 3, ...past },
	'deps.audit': { layer: 'advice', order: 4 },
	'deps.outdated': { layer: 'advice', order: 5 },
	'backup.fresh': { layer: 'advice', order: 6 },
};

const byFamily: Readonly<Record<string, Layer>> = {
	net: 'network',
	tls: 'tls',
	env: 'configuration',
	release: 'build',
	vendor: 'backend',
	convex: 'backend',
	http: 'page',
	auth: 'page',
	browser: 'page',
};

/** @returns what is declared of the check, else what its family implies, else a check of the server. */
export function findTraits(check: string): CheckTraits {
	const known = Object.hasOwn(declared, check) ? declared[check] : undefined;
	const family = check.split('.')[0] ?? '';
	const layer = known?.layer ?? (Object.hasOwn(byFamily, family) ? byFamily[family] : undefined) ?? 'server';
	return {
		layer,
		order: known?.order ?? 9,
		met: known?.met ?? false,
		circumstantial: known?.circumstantial ?? false,
		past: known?.past ?? false,
	};
}

/** Ids with traits of their own; a test compares them with the catalogue. */
export const declaredChecks: readonly string[] = Object.keys(declared);

/** A number to sort by: smaller lies deeper. */
export function measureDepth(check: string): number {
	const traits = findTraits(check);
	return layers.indexOf(traits.layer) * 10 + traits.order;
}

/** What may be improved or suspected, never the root of a failure unless it confirms a cause (rules G13, G14, G23). */
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
