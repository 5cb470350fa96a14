import type { PackagesPort } from '@holdfast/checks/vendors';
import type { NpmOptions } from './client.ts';
import { readAdvisories } from './read-advisories.ts';
import { readLockfile } from './read-lockfile.ts';
import { readPublished, readReleases } from './read-releases.ts';

/** npm's lockfile on this machine and a registry that keeps npm's protocol. Without a credential, and nothing is executed. */
export function createPackagesPort(options: NpmOptions): PackagesPort {
	return {
		readLockfile,
		readAdvisories: (packages, registry, signal) => readAdvisories(packages, registry, options, signal),
		readReleases: (name, registry, signal) => readReleases(name, registry, options, signal),
		readPublished: (wanted, registry, signal) => readPublished(wanted, registry, options, signal),
	};
}
