import type { VendorReach, VendorVerdict } from './verdict.ts';

/** A package of a registry, as a lockfile pins it. Every version once. */
export interface LockedPackage {
	readonly name: string;
	readonly version: string;
	/** `production`: reached from the application without its development dependencies. */
	readonly use: 'production' | 'development';
	/** Named by the application itself, and not only by what it needs. */
	readonly direct: boolean;
}

export interface LockedPackages {
	/** Name of the file: `package-lock.json`. */
	readonly file: string;
	readonly packages: readonly LockedPackage[];
	/** Packages from a folder, a repository or a file: no registry knows them. */
	readonly elsewhere: number;
}

export interface RegistryTarget {
	/** Base URL, without a slash at its end. */
	readonly url: string;
	readonly reach: VendorReach;
}

export type AdvisorySeverity = 'low' | 'moderate' | 'high' | 'critical';

/** A known vulnerability of a package. */
export interface PackageAdvisory {
	readonly name: string;
	readonly title: string;
	readonly url: string | null;
	readonly severity: AdvisorySeverity;
	/** Versions that have it: `>=4.0.0 <4.17.21`. */
	readonly vulnerable: string;
}

/** What a registry has of a package. */
export interface PackageReleases {
	readonly name: string;
	/** What `npm install` takes without further words. */
	readonly latest: string;
	/** Reasons by version, of those that are withdrawn. */
	readonly deprecated: Readonly<Record<string, string>>;
}

/** The dependencies of an application on this machine, and what a registry says of them. Nothing of the application is executed. */
export interface PackagesPort {
	/** @param folder absolute path of the checkout; a workspace's lockfile may lie above it. */
	readLockfile(folder: string, signal: AbortSignal): Promise<VendorVerdict<LockedPackages>>;
	/** Sends names and versions to the registry, as `npm audit` does. */
	readAdvisories(
		packages: readonly Pick<LockedPackage, 'name' | 'version'>[],
		registry: RegistryTarget,
		signal: AbortSignal,
	): Promise<VendorVerdict<readonly PackageAdvisory[]>>;
	/** Null: the registry does not know the name. */
	readReleases(name: string, registry: RegistryTarget, signal: AbortSignal): Promise<VendorVerdict<PackageReleases | null>>;
	/** When a version was published, ISO 8601; null when the registry does not say. */
	readPublished(
		wanted: Pick<LockedPackage, 'name' | 'version'>,
		registry: RegistryTarget,
		signal: AbortSignal,
	): Promise<VendorVerdict<string | null>>;
}
