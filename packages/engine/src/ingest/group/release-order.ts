/** What is known of a release besides its name. Times in milliseconds since 1970. */
export interface ReleaseFacts {
	readonly version: string;
	/** When it went live, else when it was first heard of; null when neither is known. */
	readonly at: number | null;
}

interface Semver {
	readonly numbers: readonly number[];
	readonly pre: readonly string[];
}

/**
 * Which of two releases is the later. Two versions of one package (`shop@1.4.0`, semver.org 2.0.0) are compared as such, others by when they went live.
 * @returns below 0 when `a` is earlier, above 0 when it is later, 0 when they are the same, null when it cannot be told.
 */
export function compareReleases(a: ReleaseFacts, b: ReleaseFacts): number | null {
	if (a.version === b.version) return 0;
	const [nameA, versionA] = splitVersion(a.version);
	const [nameB, versionB] = splitVersion(b.version);
	if (versionA !== null && versionB !== null && nameA === nameB) {
		const order = compareSemver(versionA, versionB);
		if (order !== 0) return order;
	}
	return a.at === null || b.at === null || a.at === b.at ? null : a.at - b.at;
}

function splitVersion(release: string): readonly [string, Semver | null] {
	const at = release.lastIndexOf('@');
	const text = release.slice(at + 1).replace(/^v(?=\d)/, '');
	const match = /^(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([\w.-]{1,100}))?(?:\+[\w.-]{1,100})?$/.exec(text);
	if (match === null) return [release.slice(0, Math.max(0, at)), null];
	const numbers = [match[1], match[2], match[3] ?? '0'].map(Number);
	return [release.slice(0, Math.max(0, at)), { numbers, pre: match[4]?.split('.') ?? [] }];
}

function compareSemver(a: Semver, b: Semver): number {
	for (const [index, number] of a.numbers.entries()) {
		const difference = number - (b.numbers[index] ?? 0);
		if (difference !== 0) return difference;
	}
	// A version before its release is earlier than the release.
	if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
	for (let index = 0; index < Math.max(a.pre.length, b.pre.length); index += 1) {
		const difference = comparePart(a.pre[index], b.pre[index]);
		if (difference !== 0) return difference;
	}
	return 0;
}

/** Fewer parts come first, numbers before words. */
function comparePart(a: string | undefined, b: string | undefined): number {
	if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
	const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
	if (numberA && numberB) return Number(a) - Number(b);
	if (numberA !== numberB) return numberA ? -1 : 1;
	return a < b ? -1 : Number(a > b);
}
