/** The oldest Node.js that everything here has been run on; the same number stands in `engines` of package.json. */
const OLDEST = { major: 20, minor: 19 };

/**
 * @param {string} [version] As `process.versions.node` gives it.
 * @returns {string | null} One sentence when this Node.js is too old, null when it will do.
 */
export function findVersionProblem(version = process.versions.node) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return null;
	return `Holdfast needs Node.js ${OLDEST.major}.${OLDEST.minor} or newer; this is ${version}. Install a newer one and run the same command again.`;
}

/** Ends the process with the sentence when this Node.js is too old. */
export function requireNode() {
	const problem = findVersionProblem();
	if (problem === null) return;
	console.error(problem);
	process.exit(2);
}
