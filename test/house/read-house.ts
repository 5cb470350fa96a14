import type { House, Workspace } from './boundary-rules.ts';
import { listFiles, readText } from './list-files.ts';

interface Manifest {
	readonly name?: string;
	readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly devDependencies?: Readonly<Record<string, string>>;
	readonly peerDependencies?: Readonly<Record<string, string>>;
}

export interface PublishedHouse extends House {
	readonly workspaces: readonly PublishedWorkspace[];
}

export interface PublishedWorkspace extends Workspace {
	/** Source file of each entry point, from the top folder. */
	readonly sources: Readonly<Record<string, string>>;
}

/** The workspaces of this checkout as their package.json files describe them. */
export function readHouse(): PublishedHouse {
	const manifests = listFiles().filter((file) => /^(?:packages|apps|examples)\/[^/]+\/package\.json$/.test(file));
	const root: Manifest = JSON.parse(readText('package.json'));
	return { workspaces: manifests.map(readWorkspace), tools: Object.keys(root.devDependencies ?? {}) };
}

function readWorkspace(file: string): PublishedWorkspace {
	const manifest: Manifest = JSON.parse(readText(file));
	const folder = file.slice(0, -'/package.json'.length);
	const exported = Object.entries(manifest.exports ?? {});
	const sources = exported.flatMap(([entry, target]) => {
		const source = typeof target === 'string' ? undefined : target.source;
		return source === undefined ? [] : [[entry, `${folder}/${source.slice(2)}`] as const];
	});
	return {
		name: manifest.name ?? folder,
		folder,
		entries: exported.map(([entry]) => entry),
		dependencies: Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies }),
		sources: Object.fromEntries(sources),
	};
}
