/**
 * Which packages an application reaches in npm's lockfile, versions 2 and 3 (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json):
 * a flat map from the place of a package to what it needs, by name. Names are looked up as Node does, folder by folder upwards. Pure.
 */
import type { LockedPackage } from '@holdfast/checks/vendors';
import { z } from 'zod';

const Names = z.record(z.string(), z.string()).optional().catch(undefined);
const EntrySchema = z.object({
	name: z.string().optional().catch(undefined),
	version: z.string().optional().catch(undefined),
	resolved: z.string().optional().catch(undefined),
	link: z.boolean().optional().catch(undefined),
	dependencies: Names,
	devDependencies: Names,
	optionalDependencies: Names,
	peerDependencies: Names,
});
const LockSchema = z.object({ lockfileVersion: z.number(), packages: z.record(z.string(), EntrySchema).default({}) });

export type LockEntry = z.output<typeof EntrySchema>;
export type LockMap = Readonly<Record<string, LockEntry>>;

/** @returns null when it is no lockfile. */
export function readLock(json: unknown): { readonly version: number; readonly packages: LockMap } | null {
	const parsed = LockSchema.safeParse(json);
	return parsed.success ? { version: parsed.data.lockfileVersion, packages: parsed.data.packages } : null;
}

/** @param from place of the application in the lockfile; empty: its root, with all its workspaces. */
export function listLocked(packages: LockMap, from: string): { readonly packages: readonly LockedPackage[]; readonly elsewhere: number } {
	const roots = from === '' ? Object.keys(packages).filter((place) => !isInstalled(place)) : [from];
	const direct = new Set<string>();
	const named = (kinds: readonly (keyof LockEntry)[]): readonly string[] =>
		roots.flatMap((root) => listPlaces(packages, root, kinds)).filter((place) => !roots.includes(place));
	const production = named(['dependencies', 'optionalDependencies', 'peerDependencies']);
	const development = named(['devDependencies']);
	for (const place of [...production, ...development]) direct.add(place);
	const run = reach(packages, production);
	const all = reach(packages, [...production, ...development]);
	const found = new Map<string, LockedPackage>();
	let elsewhere = 0;
	for (const place of all) {
		const entry = packages[place];
		if (entry === undefined || !isInstalled(place)) continue;
		if (entry.version === undefined || !isFromRegistry(entry)) {
			elsewhere += 1;
			continue;
		}
		const name = entry.name ?? nameAt(place);
		const key = `${name}@${entry.version}`;
		const known = found.get(key);
		found.set(key, {
			name,
			version: entry.version,
			use: run.has(place) || known?.use === 'production' ? 'production' : 'development',
			direct: direct.has(place) || known?.direct === true,
		});
	}
	return { packages: [...found.values()], elsewhere };
}

function reach(packages: LockMap, from: readonly string[]): ReadonlySet<string> {
	const seen = new Set(from);
	const waiting = [...from];
	for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
		for (const next of listPlaces(packages, place, ['dependencies', 'optionalDependencies', 'peerDependencies'])) {
			if (seen.has(next)) continue;
			seen.add(next);
			waiting.push(next);
		}
	}
	return seen;
}

/** What is not there (an optional package of another system) is left out. */
function listPlaces(packages: LockMap, from: string, kinds: readonly (keyof LockEntry)[]): readonly string[] {
	const entry = packages[from];
	if (entry === undefined) return [];
	const names = new Set(kinds.flatMap((kind) => Object.keys((entry[kind] as Record<string, string> | undefined) ?? {})));
	return [...names].flatMap((name) => findPlace(packages, from, name) ?? []);
}

function findPlace(packages: LockMap, from: string, name: string): string | null {
	for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
		const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
		const entry = Object.hasOwn(packages, place) ? packages[place] : undefined;
		if (entry !== undefined) return entry.link === true && entry.resolved !== undefined ? entry.resolved : place;
		if (folder === '') return null;
	}
}

function isInstalled(place: string): boolean {
	return place.startsWith('node_modules/') || place.includes('/node_modules/');
}

function isFromRegistry({ resolved }: LockEntry): boolean {
	return resolved === undefined || /^https?:\/\//i.test(resolved);
}

function nameAt(place: string): string {
	return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
