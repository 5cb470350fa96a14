/**
 * What a fault of the benchmark is: a way to break the deployment from outside, and what an honest diagnosis must say of it.
 *
 * @typedef {import('./world/world.d.ts').World} World
 *
 * @typedef {`${'load' | 'sign-in' | 'data' | 'slow'}/${number}`} CauseRef Issue of the example's runbook and number of the cause.
 *
 * @typedef {object} Fault
 * @property {string} id Kebab case, stable: `holdfast dev break <id>`.
 * @property {string} title What is broken, as an operator would say it afterwards.
 * @property {readonly CauseRef[]} causes What the runbook calls it; any of them may stand first. Empty: the runbook does not know it.
 * @property {readonly CauseRef[]} [also] Causes of other issues that are the same fault in other words; confirming them is right.
 * @property {RegExp} root Code of the finding that must stand first among the roots.
 * @property {RegExp} [alsoRoots] Codes of further roots that are no echoes: a fault that does two things.
 * @property {import('./symptoms/symptoms.mjs').Symptom} symptom What people or the system notice of it, looked for without the checks.
 * @property {true} [isAdvice] Nothing fails by it: it must be told as advice, and no cause confirmed.
 * @property {true} [browser] Only a browser can see it: the diagnosis walks the application in Chromium. The others are asked without.
 * @property {(world: World) => Promise<void>} make Breaks it. `world.mend()` undoes whatever this did.
 * @property {(world: World) => string | null} [hindrance] Why it cannot be made on this machine.
 */

/** Headings of the example's runbook, by the short names that causes carry. */
export const issueTitles = {
	load: 'The shop does not load',
	'sign-in': 'Sign-in does not work',
	data: 'No data',
	slow: 'The shop is slow',
};

/**
 * @param {readonly Fault[]} faults
 * @returns {readonly Fault[]}
 */
export function defineFaults(faults) {
	return faults;
}
