/** How far the application's own dependencies lie behind what is published. Pure. */
import type { Finding } from '../../contract.ts';
import { measureLag } from '../../dependencies/version.ts';
import type { LockedPackage, PackageReleases } from '../../vendors.ts';

export interface Lag {
	readonly package: LockedPackage;
	readonly latest: string;
	/** Null: it is the newest, or newer. */
	readonly behind: { readonly step: 'major' | 'minor' | 'patch'; readonly count: number } | null;
	/** Why its publisher withdrew this version; null when it was not. */
	readonly deprecated: string | null;
}

const steps = { major: 0, minor: 1, patch: 2 } as const;

/** Those that are furthest behind first. */
export function measureLags(packages: readonly LockedPackage[], releases: readonly PackageReleases[]): readonly Lag[] {
	const byName = new Map(releases.map((release) => [release.name, release]));
	return packages
		.flatMap((locked): readonly Lag[] => {
			const known = byName.get(locked.name);
			if (known === undefined) return [];
			const deprecated = Object.hasOwn(known.deprecated, locked.version) ? (known.deprecated[locked.version] ?? null) : null;
			return [{ package: locked, latest: known.latest, behind: measureLag(locked.version, known.latest), deprecated }];
		})
		.toSorted(
			(a, b) => order(a) - order(b) || (b.behind?.count ?? 0) - (a.behind?.count ?? 0) || a.package.name.localeCompare(b.package.name),
		);
}

function order({ behind }: Lag): number {
	return behind === null ? 3 : steps[behind.step];
}

/**
 * Being behind is no fault by itself: one step is a note. A version that its publisher withdrew warns.
 * @param majors steps from which on it warns
 * @param age in words; null when not known
 * @returns null for what is not worth a word: the newest, and patches
 */
export function judgeLag(
	{ package: { name, version, use }, latest, behind, deprecated }: Lag,
	majors: number,
	age: string | null,
): Finding | null {
	const old = age === null ? '' : `, published ${age} ago`;
	const tool = use === 'development' ? ' (development)' : '';
	if (deprecated !== null)
		return {
			code: 'deps.deprecated',
			severity: 'warn',
			message: `${name} ${version}${tool} is withdrawn by its publisher${old}: ${deprecated}`,
			fix: `npm install ${name}@latest, or what its publisher names instead`,
		};
	if (behind === null || behind.step === 'patch') return null;
	const word = behind.count === 1 ? 'release' : 'releases';
	return {
		code: 'deps.outdated',
		severity: behind.step === 'major' && behind.count >= majors ? 'warn' : 'info',
		message: `${name} ${version}${tool} is ${behind.count} ${behind.step} ${word} behind ${latest}${old}`,
		fix: `read the changes of ${name} up to ${latest}, then npm install ${name}@${latest}`,
	};
}
