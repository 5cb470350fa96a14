/** Grades a diagnosis against what is known to be broken. Pure. */
import { issueTitles } from './fault.mjs';

/**
 * @typedef {object} Told The part of `holdfast diagnose --json` that is graded.
 * @property {readonly { code: string, message: string, causes: readonly { issue: string, text: string, line: number }[] }[]} roots
 * @property {readonly { code: string }[]} advice
 * @property {readonly { title: string, state: string, causes: readonly { text: string, line: number, verdict: string, reason: string }[] }[]} issues
 *
 * @typedef {object} Grade
 * @property {boolean} detected Something is said to be wrong.
 * @property {boolean} top1 The first root is the fault, and the runbook's first confirmed cause is the right one.
 * @property {string[]} echoes Roots and confirmed causes that are consequences, or nothing at all.
 * @property {string} said First root, for the table.
 * @property {string[]} confirmed Causes, as `sign-in/1`.
 * @property {number} couldNotTell Causes of failing issues that are left open.
 */

/**
 * @param {Pick<import('./fault.mjs').Fault, 'causes' | 'also' | 'root' | 'alsoRoots' | 'isAdvice'>} fault
 * @param {Told} told
 * @returns {Grade}
 */
export function grade(fault, told) {
	const confirmed = listConfirmed(told);
	if (fault.isAdvice === true) return gradeAdvice(fault, confirmed, told);
	const first = told.roots[0];
	const rightRoot = first !== undefined && fault.root.test(first.code);
	const expected = fault.causes;
	const rightCause =
		expected.length === 0
			? confirmed.every((cause) => fault.also?.includes(cause) ?? false)
			: expected.some((cause) => confirmed.includes(cause)) && (first === undefined || startsRight(fault, first, told));
	const allowed = new Set([...expected, ...(fault.also ?? [])]);
	const strayRoots = told.roots.slice(1).filter(({ code }) => !fault.root.test(code) && !(fault.alsoRoots?.test(code) ?? false));
	return {
		detected: told.roots.length > 0 || told.issues.some(({ state }) => state === 'failing'),
		top1: rightRoot && rightCause,
		echoes: [...strayRoots.map(({ code }) => code), ...confirmed.filter((cause) => !allowed.has(cause))],
		said: first === undefined ? '-' : first.code,
		confirmed,
		couldNotTell: countOpen(told),
	};
}

/**
 * @param {Pick<import('./fault.mjs').Fault, 'root'>} fault
 * @param {string[]} confirmed
 * @param {Told} told
 * @returns {Grade}
 */
function gradeAdvice({ root }, confirmed, told) {
	const said = told.advice.find(({ code }) => root.test(code))?.code;
	const echoes = [...told.roots.map(({ code }) => code), ...confirmed];
	return {
		detected: said !== undefined,
		top1: said !== undefined && echoes.length === 0,
		echoes,
		said: said === undefined ? '-' : `(advice) ${said}`,
		confirmed,
		couldNotTell: countOpen(told),
	};
}

/**
 * Grades a diagnosis of two faults at once: both must be among the roots, and what is said beside them is an echo.
 *
 * @param {readonly Parameters<typeof grade>[0][]} faults
 * @param {Told} told
 * @returns {Grade} `top1`: the first root is one of them, and every one that the runbook knows has a confirmed cause.
 */
export function gradeTogether(faults, told) {
	const confirmed = listConfirmed(told);
	const [first] = told.roots;
	const isRootOf = (/** @type {string} */ code) =>
		faults.some(({ root, alsoRoots }) => root.test(code) || (alsoRoots?.test(code) ?? false));
	const allowed = new Set(faults.flatMap(({ causes, also }) => [...causes, ...(also ?? [])]));
	return {
		detected: faults.every(({ root, alsoRoots }) => told.roots.some(({ code }) => root.test(code) || (alsoRoots?.test(code) ?? false))),
		top1:
			first !== undefined &&
			isRootOf(first.code) &&
			faults.every(({ causes }) => causes.length === 0 || causes.some((cause) => confirmed.includes(cause))),
		echoes: [
			...told.roots.map(({ code }) => code).filter((code) => !isRootOf(code)),
			...confirmed.filter((cause) => !allowed.has(/** @type {any} */ (cause))),
		],
		said: told.roots.map(({ code }) => code).join(' + ') || '-',
		confirmed,
		couldNotTell: countOpen(told),
	};
}

/** @param {Told} told */
function countOpen(told) {
	return told.issues
		.filter(({ state }) => state === 'failing')
		.flatMap(({ causes }) => causes)
		.filter(({ verdict }) => verdict === 'could-not-tell').length;
}

/**
 * Every cause that the first root confirms must be one that the fault is; and each failing issue that confirms something must put one of
 * them first.
 *
 * @param {Pick<import('./fault.mjs').Fault, 'causes' | 'also'>} fault
 * @param {Told['roots'][number]} first
 * @param {Told} told
 */
function startsRight(fault, first, told) {
	const named = first.causes.map((cause) => refOf(told, cause.issue, cause.line)).filter((ref) => ref !== null);
	const allowed = [...fault.causes, ...(fault.also ?? [])];
	return named.length > 0 && named.every((ref) => allowed.includes(ref)) && named.some((ref) => fault.causes.includes(ref));
}

/** @param {Told} told @returns {import('./fault.mjs').CauseRef[]} */
export function listConfirmed(told) {
	return told.issues.flatMap((issue) =>
		issue.causes
			.filter(({ verdict }) => verdict === 'confirmed')
			.map(({ line }) => refOf(told, issue.title, line))
			.filter((ref) => ref !== null),
	);
}

/**
 * @param {Told} told
 * @param {string} title
 * @param {number} line
 * @returns {import('./fault.mjs').CauseRef | null}
 */
function refOf(told, title, line) {
	const issue = told.issues.find((each) => each.title === title);
	const short = Object.entries(issueTitles).find(([, full]) => full === title)?.[0];
	if (issue === undefined || short === undefined) return null;
	// Causes come ranked by verdict; their number is their place in the document.
	const lines = issue.causes.map((cause) => cause.line).sort((a, b) => a - b);
	return /** @type {import('./fault.mjs').CauseRef} */ (`${short}/${lines.indexOf(line) + 1}`);
}

/**
 * What a healthy deployment must not be told.
 * @param {Told} told
 * @returns {string[]} Each false alarm; empty when there is none.
 */
export function listFalseAlarms(told) {
	const issues = told.issues.filter(({ state }) => state === 'failing').map(({ title }) => `"${title}" failing`);
	return [...issues, ...told.roots.map(({ code }) => code), ...listConfirmed(told)];
}
