/** Versions as npm orders them (semver.org, 2.0.0, section 11). Pure. */

export interface Version {
	readonly major: number;
	readonly minor: number;
	readonly patch: number;
	/** Parts of the pre-release; empty for a release. */
	readonly pre: readonly string[];
}

/** @returns null when the text is no version. Missing minor and patch count as 0; build metadata does not count. */
export function readVersion(text: string): Version | null {
	const match = /^[v=\s]*(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([0-9A-Za-z.-]{1,200}))?(?:\+[0-9A-Za-z.-]*)?$/.exec(text.trim());
	if (match === null) return null;
	const [, major, minor = '0', patch = '0', pre] = match;
	return { major: Number(major), minor: Number(minor), patch: Number(patch), pre: pre === undefined ? [] : pre.split('.') };
}

/** @returns below 0 when `a` is the older. */
export function compareVersions(a: Version, b: Version): number {
	return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePre(a.pre, b.pre);
}

/** A release is newer than its pre-releases; numbers come before words. */
function comparePre(a: readonly string[], b: readonly string[]): number {
	if (a.length === 0 || b.length === 0) return b.length - a.length;
	for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
		const [left = '', right = ''] = [a[index], b[index]];
		if (left === right) continue;
		const numbers = [left, right].map((part) => /^\d+$/.test(part));
		if (numbers[0] && numbers[1]) return Number(left) - Number(right);
		if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
		return left < right ? -1 : 1;
	}
	return a.length - b.length;
}

/**
 * How far one version lies behind another. Before 1.0.0 the second number is the one that breaks things.
 * @returns null when it is not behind, or one of them is no version.
 */
export function measureLag(
	installed: string,
	latest: string,
): { readonly step: 'major' | 'minor' | 'patch'; readonly count: number } | null {
	const [from, to] = [readVersion(installed), readVersion(latest)];
	if (from === null || to === null || compareVersions(from, to) >= 0) return null;
	if (from.major !== to.major) return { step: 'major', count: to.major - from.major };
	if (from.minor !== to.minor) return { step: from.major === 0 ? 'major' : 'minor', count: to.minor - from.minor };
	return { step: 'patch', count: Math.max(1, to.patch - from.patch) };
}
