import type { BuildReport } from '../wire.ts';
import { type ReadText, readText } from './read-resources.ts';

/** Build identity as the application states it. Each part is optional. */
export interface BuildOptions {
	readonly id?: string | undefined;
	readonly commit?: string | undefined;
	/** ISO 8601. */
	readonly builtAt?: string | undefined;
	readonly version?: string | undefined;
}

// Names under which platforms give the commit to a running process, from their public documentation.
const COMMIT_VARIABLES = [
	'VERCEL_GIT_COMMIT_SHA',
	'RENDER_GIT_COMMIT',
	'RAILWAY_GIT_COMMIT_SHA',
	'COMMIT_REF',
	'CF_PAGES_COMMIT_SHA',
	'SOURCE_COMMIT',
	'GITHUB_SHA',
	'GIT_COMMIT',
];

/**
 * What is known of this build: the application's own statement first, then the platform's variables, then what Next.js left in the
 * working directory; null for the rest. Reads one small file, at start.
 */
export function readBuild(
	options: BuildOptions,
	source: Readonly<Record<string, string | undefined>>,
	read: ReadText = readText,
): BuildReport {
	const commit = COMMIT_VARIABLES.map((name) => source[name]).find((value) => value !== undefined && value !== '');
	return {
		id: clean(options.id) ?? clean(source.HOLDFAST_RELEASE) ?? clean(read(`${process.cwd()}/.next/BUILD_ID`) ?? undefined),
		commit: clean(options.commit) ?? clean(commit),
		builtAt: clean(options.builtAt),
		version: clean(options.version),
	};
}

function clean(value: string | undefined): string | null {
	const trimmed = value?.trim();
	return trimmed ? trimmed.slice(0, 200) : null;
}
