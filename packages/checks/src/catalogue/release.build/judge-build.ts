/** Whether the build on the disk is whole, and the one that runs. Pure. */
import type { Finding } from '../../contract.ts';
import type { FetchedAsset } from '../../page/read-assets.ts';
import type { ApplicationBuild } from '../../vendors.ts';

const rebuild = 'build again in a clean folder (npm ci && npm run build), deploy all of it, and restart the application';

/** @param runningIds build ids that the instances report; those that are not known are left out. */
export function judgeBuild(build: ApplicationBuild, runningIds: readonly string[]): readonly Finding[] {
	const other = runningIds.find((id) => isComparable(id, build.id) && id !== build.id);
	// First, for it says why files are missing that the running build asks for.
	return [
		...(other === undefined
			? []
			: [
					{
						code: 'build.mismatch',
						severity: 'fail' as const,
						message: `The application runs build ${other}, and build ${build.id} lies in its folder${build.builtAt === null ? '' : ` (built ${build.builtAt})`}`,
						fix: 'restart the application so that it runs what lies in its folder, or deploy again',
					},
				]),
		...judgeList('build.missing-files', 'that the build’s manifests name and its folder lacks', build.missing),
		...judgeList('build.empty-files', 'of the build without content (0 bytes)', build.empty),
	];
}

/**
 * An application may report a release of its own naming where the folder has the framework's id: ids of one kind are of one length,
 * and only those are compared.
 */
export function isComparable(running: string, inFolder: string | null): boolean {
	return inFolder !== null && running.length === inFolder.length;
}

/** The page's own files as visitors get them: 404 is the mark of a mixed or incomplete build. */
export function judgeServed(fetched: readonly FetchedAsset[]): readonly Finding[] {
	const names = (wanted: (status: number, bytes: number) => boolean): readonly string[] =>
		fetched.flatMap(({ asset, result }) =>
			result.kind === 'response' && !asset.legacy && wanted(result.status, result.body.length) ? [new URL(asset.url).pathname] : [],
		);
	return [
		...judgeList(
			'build.missing-files',
			'that the page asks for and that does not come (404)',
			names((status) => status === 404 || status === 410),
		),
		...judgeList(
			'build.empty-files',
			'that the page asks for, without content (0 bytes)',
			fetched.flatMap(({ asset, result }) =>
				asset.kind === 'script' && result.kind === 'response' && result.status === 200 && result.body.length === 0
					? [new URL(asset.url).pathname]
					: [],
			),
		),
	];
}

function judgeList(code: string, what: string, files: readonly string[]): readonly Finding[] {
	const [first] = files;
	if (first === undefined) return [];
	const more = files.length > 3 ? `, and ${files.length - 3} more` : '';
	const count = files.length === 1 ? '1 file' : `${files.length} files`;
	return [{ code, severity: 'fail', message: `${count} ${what}: ${files.slice(0, 3).join(', ')}${more}`, fix: rebuild }];
}
