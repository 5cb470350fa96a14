/**
 * Which failing check explains which other, beyond the prerequisites (`needs`) that the graph runner knows (rule G9).
 * Each row is a claim about how web applications fail, with its reason. The explaining check lies deeper than the
 * explained one (a test holds the table to that), so that no two can explain each other.
 */
import type { Observation } from '../contract.ts';
import { codesOf } from './finding-of.ts';
import { endlessRedirect, endsRequests, findTraits, measureDepth, silencesOthers } from './layers.ts';
import { isSameHost, placeOf } from './place-of.ts';

export interface Explanation {
	readonly id: string;
	readonly by: string;
	/** Codes that the explaining check must fail with; absent: any. */
	readonly byCodes?: RegExp;
	/** The explaining check must fail in a way that ends requests: a certificate that merely ends soon does not. */
	readonly byRefusal?: true;
	readonly of: readonly string[];
	/** Codes that the explained check must fail with; absent: any. */
	readonly ofCodes?: RegExp;
	/** Parameters that the explained check must have been asked with. */
	readonly ofParams?: Readonly<Record<string, string>>;
	/** `host`: both looked at the same host and port; `path`: at the same path of it; `any`: the place does not matter. */
	readonly place: 'host' | 'path' | 'any';
	/** Both saw the same fault, each in its own way: the explained check still speaks for the causes it is bound to. */
	readonly agrees?: true;
	readonly why: string;
}

const throughTheDoor = [
	'http.status',
	'http.health',
	'http.latency',
	'http.assets',
	'http.cookies',
	'http.csrf',
	'http.page',
	'http.caching',
	'http.security-headers',
];

export const explanations: readonly Explanation[] = [
	{
		id: 'W1',
		by: 'net.dns',
		of: ['net.tcp', 'net.tls', 'tls.certificate', 'http.redirects', 'convex.reachable', ...throughTheDoor],
		place: 'host',
		why: 'A name that does not resolve leads nowhere.',
	},
	{
		id: 'W12',
		by: 'net.tcp',
		byCodes: /^net\.refused$/,
		of: ['convex.reachable'],
		place: 'host',
		agrees: true,
		why: 'Nothing listens where the deployment should answer: both say that it is down.',
	},
	{
		id: 'W2',
		by: 'net.tcp',
		of: ['net.tls', 'tls.certificate', 'http.redirects', 'convex.reachable', ...throughTheDoor],
		place: 'host',
		why: 'Nothing can be asked where no connection is accepted.',
	},
	{
		id: 'W3',
		by: 'tls.certificate',
		byRefusal: true,
		of: ['net.tls', 'http.redirects', ...throughTheDoor],
		place: 'host',
		why: 'A certificate that clients refuse ends every request before it is made.',
	},
	{
		id: 'W4',
		by: 'net.tls',
		byRefusal: true,
		of: ['http.redirects', 'convex.reachable', ...throughTheDoor],
		place: 'host',
		why: 'A handshake that fails ends every request before it is made.',
	},
	{
		id: 'W5',
		by: 'http.redirects',
		byCodes: endlessRedirect,
		of: throughTheDoor,
		place: 'host',
		why: 'What redirects without end never shows what lies behind it.',
	},
	{
		id: 'W6',
		by: 'convex.url',
		of: ['convex.reachable', 'http.status', 'http.health', 'http.page'],
		place: 'any',
		why: 'With a wrong address neither we nor the application reach the deployment, and pages that read from it fail.',
	},
	{
		id: 'W7',
		by: 'convex.reachable',
		of: ['vendor.status'],
		ofParams: { vendor: 'convex' },
		place: 'any',
		why: "The vendor's own page then only says the same once more.",
	},
	{
		id: 'W8',
		by: 'convex.reachable',
		of: ['http.status', 'http.health', 'http.page'],
		ofCodes: /server-error|5\d\d|timeout|^health\.|^page\.(?!redirect|not-html)/,
		place: 'any',
		why: 'Pages that read from a deployment that does not answer fail on the server or stay empty.',
	},
	{
		id: 'W9',
		by: 'http.status',
		of: ['http.page', 'http.latency', 'http.assets', 'http.cookies'],
		place: 'path',
		why: 'An error answer has no content, no scripts and no cookies of the page it stands for.',
	},
	{
		id: 'W10',
		by: 'http.assets',
		of: ['http.page'],
		ofCodes: /^page\.(?:blank|empty|text-missing|error-page)/,
		place: 'host',
		why: 'A page whose scripts are missing or empty stays blank or breaks.',
	},
	{
		id: 'W11',
		by: 'http.cookies',
		of: ['http.csrf'],
		ofCodes: /^csrf\.good-refused/,
		place: 'host',
		why: 'A cookie that browsers drop is not sent back, so the token bound to it is refused.',
	},
];

/** @returns the row by which `cause` explains `effect`, or null. Both are failing observations. */
export function findExplanation(cause: Observation, effect: Observation): Explanation | null {
	if (measureDepth(cause.check) >= measureDepth(effect.check)) return null;
	return explanations.find((row) => fits(row, cause, effect)) ?? null;
}

function fits(row: Explanation, cause: Observation, effect: Observation): boolean {
	if (row.by !== cause.check || !row.of.includes(effect.check)) return false;
	if (row.byCodes !== undefined && !codesOf(cause).some((code) => row.byCodes?.test(code))) return false;
	if (row.byRefusal === true && !endsRequests(cause)) return false;
	if (row.ofCodes !== undefined && !explainsCodes(row.ofCodes, effect)) return false;
	if (!Object.entries(row.ofParams ?? {}).every(([name, value]) => effect.params[name] === value)) return false;
	return isSamePlace(row.place, cause, effect);
}

/** Without codes there is nothing that contradicts the row. */
function explainsCodes(codes: RegExp, effect: Observation): boolean {
	const found = codesOf(effect);
	return found.length === 0 || found.some((code) => codes.test(code));
}

function isSamePlace(place: Explanation['place'], a: Observation, b: Observation): boolean {
	if (place === 'any') return true;
	const [first, second] = [placeOf(a), placeOf(b)];
	if (!isSameHost(first, second)) return false;
	return place === 'host' || first.path === second.path;
}

/**
 * Whether `observation`, which fails because of `root`, was kept from looking at all (masked), not merely affected.
 * Within one layer both saw the same fault; what a user meets is seen whatever lies beneath.
 */
export function isMasked(observation: Observation, root: Observation): boolean {
	const traits = findTraits(observation.check);
	return observation.key !== root.key && silencesOthers(root) && !traits.met && traits.layer !== findTraits(root.check).layer;
}
