import { posix } from 'node:path';
import { isCode } from './list-files.ts';

/** They say nothing about what is inside, so everything ends up there. */
const EMPTY_WORDS = new Set(['util', 'utils', 'helper', 'helpers', 'lib', 'common', 'manager', 'misc']);
/** `redirect-loop.test.ts`, `vitest.config.ts`, `model.d.ts`. */
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*\.[cm]?[jt]sx?$/;
/** Next.js: `[slug]`, `(group)`, `_private`, `@slot`. */
const KEBAB_FOLDER = /^[[(_@.]*[a-z0-9]+(?:[-.][a-z0-9]+)*[\])]*$/;
const REGRESSION = /^issue-\d+-[a-z0-9-]+\.test\./;

/**
 * @param file Path of a code file from the top folder.
 * @param all Every file, to find what a test stands beside.
 * @returns One sentence for each rule that the name breaks.
 */
export function judgeName(file: string, all: ReadonlySet<string>): readonly string[] {
	// Convex names what it generates.
	if (!isCode(file) || file.includes('/_generated/')) return [];
	const problems: string[] = [];
	const folders = file.split('/').slice(0, -1);
	const base = posix.basename(file);
	const empty = [...folders, base].flatMap((part) => part.split(/[-.]/)).find((word) => EMPTY_WORDS.has(word.toLowerCase()));
	if (empty !== undefined) problems.push(`${file} is called "${empty}", which says nothing. Name it after what it does.`);
	if (!KEBAB.test(base))
		problems.push(`${file} is not in kebab case. Name it like its main export: acknowledgeIncident → acknowledge-incident.ts.`);
	const odd = folders.find((folder) => !KEBAB_FOLDER.test(folder));
	if (odd !== undefined) problems.push(`${file} lies in "${odd}", which is not in kebab case.`);
	if (/^(?:packages|apps|examples)\//.test(file) && /\.test\.[cm]?[jt]sx?$/.test(base) && !standsBesideItsSubject(file, all)) {
		problems.push(
			`${file} has no file of that name beside it. Put a test beside what it tests, or call it issue-123-short-reason.test.ts.`,
		);
	}
	return problems;
}

/** `read-fence.test.ts` beside `read-fence.ts`; also `read-fence-properties.test.ts`, and a folder's `fence.test.ts` beside its entry. */
function standsBesideItsSubject(file: string, all: ReadonlySet<string>): boolean {
	const folder = posix.dirname(file);
	const base = posix.basename(file);
	if (REGRESSION.test(base)) return true;
	const words = base.replace(/\.test\.[cm]?[jt]sx?$/, '').split(/[-.]/);
	if (words.join('-') === posix.basename(folder)) return true;
	return words.some((_, index) => {
		const subject = words.slice(0, index + 1).join('-');
		return ['.ts', '.tsx', '.mjs', '.js'].some((ending) => all.has(`${folder}/${subject}${ending}`));
	});
}
